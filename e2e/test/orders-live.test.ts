import { topUp } from '@droplock/core/accounts/top-up'
import { newId } from '@droplock/core/new-id'
import { signUp } from '@droplock/infra/marketplace/people'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findViolations } from './support/check-accessibility.ts'
import { accountOf } from './support/customers.ts'
import { orderIn, password } from './support/journey.ts'
import { isReady, marketplaceOfFile, type Visit } from './support/marketplace.ts'

// A drop as customers watch it: the stream of events comes from the gateway by way of the marketplace to the open pages.

const marketplace = marketplaceOfFile()

const TEST_MS_MAX = 180_000
const DROP_IN_MS = 12_000
const DECIDED_MS_MAX = 60_000

/** A window of a person who has signed in, with money on the balance. */
async function signedIn(): Promise<Visit & { readonly order: (name: string) => Promise<string> }> {
  const { environment } = marketplace
  const visit = await marketplace.visit({ language: 'en' })
  const { request } = visit.page.context()
  const origin = environment.urlOf('marketplace')
  const email = `${newId()}@watchers.example`
  await signUp(environment, { email, name: 'Wanda Watcher', password, language: 'en', currency: 'USD' })
  const post = async (path: string, data: object) => {
    const answer = await request.post(`${origin}${path}`, {
      headers: { origin, 'idempotency-key': newId() },
      data,
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return answer
  }
  await post('/auth/sign-in/email', { email, password, callbackURL: '/en/orders' })
  // The account is opened by the first request.
  await request.get(`${origin}/api/v1/balance`)
  const accountId = await accountOf(marketplace, email)
  await topUp(environment.ctx, { accountId, amountMinor: 10_000n, receiptId: newId() })
  const order = async (name: string) => {
    const { id } = await (await post('/api/v1/backorders', { name, payment: 'balance' })).json()
    return String(id)
  }
  return { ...visit, order }
}

/** A page that is loaded again has no mark any more. */
const mark = (page: Page) => page.evaluate('window.marked = true')
const isMarked = (page: Page) => page.evaluate('window.marked === true')

test(
  'a drop is watched live: list and case change in order, say what happened, and are not loaded again',
  async () => {
    const { order, ...visit } = await signedIn()
    const { page, texts } = visit
    const t = texts.orders
    const [won, lost] = ['live-won.live', 'live-lost.live']
    await marketplace.drops.announce([won, lost])
    const id = await order(won)
    await order(lost)
    await visit.open('/orders')
    await orderIn(visit, won, 'backordered').waitFor()
    const casePage = await page.context().newPage()
    await casePage.goto(`${marketplace.environment.urlOf('marketplace')}/en/orders/${id}`)
    await isReady(casePage)
    await casePage.getByRole('heading', { name: t.outcomes.backordered.title }).waitFor()
    for (const one of [page, casePage]) await mark(one)

    await marketplace.drops.bringForward({ [won]: 'uncontested', [lost]: 'contested_at_once' }, DROP_IN_MS)
    const patient = { timeout: DECIDED_MS_MAX }
    await casePage.getByRole('heading', { name: t.outcomes.registering.title }).waitFor(patient)
    await casePage.getByRole('heading', { name: t.outcomes.successful.title }).waitFor(patient)
    await orderIn(visit, won, 'successful').waitFor(patient)
    await orderIn(visit, lost, 'failed').waitFor(patient)

    const said = page.getByRole('log', { name: t.notices.title })
    await said.getByText(t.notices.one.backorder_successful).waitFor()
    await said.getByText(t.notices.one.backorder_failed).waitFor()
    const times = await casePage
      .locator('.timeline li .at time')
      .evaluateAll((all) => all.map((one) => one.getAttribute('datetime') ?? ''))
    expect(times.length).toBeGreaterThan(4)
    expect(times).toEqual(times.toSorted())
    for (const one of [page, casePage]) expect(await isMarked(one)).toBe(true)
    for (const one of [page, casePage]) expect(await findViolations(one, 'all')).toEqual([])
    expect(marketplace.faults).toEqual([])
  },
  TEST_MS_MAX,
)

test(
  'without a stream the page says so and looks by itself; once there is one, changes come by themselves again',
  async () => {
    const { order, ...visit } = await signedIn()
    const { page, texts } = visit
    const { live } = texts.orders
    const names = ['without-stream.live', 'with-stream.live'] as const
    await marketplace.drops.announce(names)
    const stream = '**/api/v1/events/stream*'
    await page.route(stream, (route) => route.abort())
    await visit.open('/orders')
    await page.getByText(live.off).waitFor()
    await order(names[0])
    await orderIn(visit, names[0], 'backordered').waitFor()
    await page.unroute(stream)
    await page.getByText(live.on).waitFor()
    await order(names[1])
    await orderIn(visit, names[1], 'backordered').waitFor()
    expect(marketplace.faults).toEqual([])
  },
  TEST_MS_MAX,
)

import { expect, test } from 'vitest'
import { newCustomer, withOrderOpen } from './support/customers.ts'
import {
  downloadInvoice,
  goOnToCard,
  goTo,
  isSecured,
  loseToRival,
  openCase,
  openOrder,
  orderIn,
  password,
  payFromBalance,
  payWithCard,
  renew,
  signUp,
  startTopUp,
  topUp,
} from './support/journey.ts'
import { fieldOf, isReady, like, marketplaceOfFile, type Visit, type Way } from './support/marketplace.ts'

// Customers on the real pages: gateway, worker, catcher, registry and payment provider are processes of their own.

const marketplace = marketplaceOfFile()

const JOURNEY_MS_MAX = 240_000

/** From the second list to the drop: publication, and time to look at the list of orders. */
const DROP_IN_MS = 15_000

/** The drop, the rival's registration and the refund. */
const DECIDED_MS_MAX = 60_000

const ways: readonly (readonly [string, Way])[] = [
  ['in English, with a mouse', { language: 'en' }],
  ['in Chinese, at 360 pixels', { language: 'zh', width: 360 }],
  ['with the keyboard alone', { language: 'en', keyboard: true }],
]

test.each(ways)(
  'a visitor signs up, orders two names, loses a third to a rival, watches the drop, and gets a name, an invoice, a renewal and a refund: %s',
  async (_name, way) => {
    const visit = await marketplace.visit(way)
    const { page, texts } = visit
    const mark = `${way.language}${way.keyboard === true ? '-keys' : ''}`
    const won = `won-${mark}.live`
    const lost = `lost-${mark}.live`
    const taken = `taken-${mark}.live`
    await marketplace.drops.announce([won, lost, taken])

    await visit.open('/names')
    await signUp(marketplace, visit, `nora-${mark}@visitors.example`)
    await topUp(visit, '100')
    await openOrder(visit, won)
    await payFromBalance(visit)
    await openOrder(visit, lost)
    await goOnToCard(visit)
    await payWithCard(visit, 'extraStep')
    await isSecured(visit)
    await openOrder(visit, taken)
    await loseToRival(marketplace, visit, taken)

    await goTo(visit, 'orders')
    for (const name of [won, lost]) await orderIn(visit, name, 'backordered').waitFor()
    const registering = orderIn(visit, won, 'registering').waitFor({ timeout: DECIDED_MS_MAX })
    await marketplace.drops.bringForward(
      { [won]: 'uncontested', [lost]: 'contested_at_once', [taken]: 'uncontested' },
      DROP_IN_MS,
    )
    // Nothing is pressed and nothing loaded again.
    await registering
    await orderIn(visit, won, 'successful').waitFor({ timeout: DECIDED_MS_MAX })
    await orderIn(visit, lost, 'failed').waitFor({ timeout: DECIDED_MS_MAX })

    await openCase(visit, lost)
    await page.getByText(texts.orders.money.refunds.done_card, { exact: true }).waitFor()
    await openCase(visit, won)
    await page.getByRole('heading', { name: texts.orders.outcomes.successful.title }).waitFor()
    const pdf = await downloadInvoice(visit)
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    await renew(visit)
    expect(marketplace.faults).toEqual([])
  },
  JOURNEY_MS_MAX,
)

test('a password that is typed before the page is taken over is not sent by the browser, into the address', async () => {
  const { page, texts } = await marketplace.visit({ language: 'en' })
  const scripts = '**/assets/*.js'
  await page.route(scripts, (route) => route.abort())
  await page.goto(`${marketplace.environment.urlOf('marketplace')}/en/sign-in`)
  await fieldOf(page, texts.signIn.email).fill('early@unlucky.example')
  await fieldOf(page, texts.signIn.password).fill(password)
  const button = page.getByRole('main').getByRole('button', { name: texts.signIn.signIn, exact: true })
  expect(await button.isEnabled()).toBe(false)
  await page.evaluate(() =>
    document.addEventListener('submit', () => document.documentElement.setAttribute('data-sent', '')),
  )
  await page.keyboard.press('Enter')
  expect(await page.locator('html[data-sent]').count()).toBe(0)
  expect(page.url()).toMatch(/\/en\/sign-in$/)
  await page.unroute(scripts)
  await page.reload()
  await isReady(page)
  await expect.poll(() => button.isEnabled()).toBe(true)
})

/** What is confirmed a while after somebody has paid by card, and how its page says so. */
const confirmedLater = {
  'a top-up': {
    page: /\/account/,
    begin: async () => {
      const customer = await newCustomer(marketplace, 'gone-on')
      await startTopUp(customer, '25')
      return customer
    },
    isShown: ({ page, texts }: Visit) =>
      page
        .getByRole('status')
        .filter({ hasText: like(texts.balance.topUpDone) })
        .waitFor(),
  },
  'an order': {
    page: /\/pay/,
    begin: async () => {
      const customer = await withOrderOpen(marketplace, 'gone-on-too')
      await goOnToCard(customer)
      return customer
    },
    isShown: isSecured,
  },
}

test.each(['a top-up', 'an order'] as const)(
  'who has gone on to the menu while %s is confirmed is not called back from it',
  async (what) => {
    const { page: itsPage, begin, isShown } = confirmedLater[what]
    const customer = await begin()
    const { page, texts } = customer
    const isConfirmed = Promise.withResolvers<void>()
    await page.route(/\/api\/v1\/(payments|backorders)\//, async (route) => {
      await isConfirmed.promise
      await route.continue()
    })
    await payWithCard(customer, 'good')
    await page.waitForURL(itsPage)
    const link = page.getByRole('banner').getByRole('link', { name: texts.nav.names, exact: true })
    await link.first().focus()
    isConfirmed.resolve()
    await isShown(customer)
    expect(await link.first().evaluate((element) => element === document.activeElement)).toBe(true)
    expect(marketplace.faults).toEqual([])
  },
)

import { randomInt } from 'node:crypto'
import type { Context } from '@droplock/core/context'
import { claimDueMails } from '@droplock/core/member-mails/claim-due'
import { planMemberMails } from '@droplock/core/member-mails/plan'
import { recordMail } from '@droplock/core/member-mails/record'
import { newId } from '@droplock/core/new-id'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { passMailPauses } from '../../../packages/core/test/support/members.ts'
import { advanceAll } from '../../../packages/core/test/support/receivers.ts'
import { openWorld } from '../../gateway/test/support/world.ts'
import { accountOf, givenPerson, type Person, post } from './support/people.ts'
import { startMarketplace } from './support/processes.ts'

let world: Awaited<ReturnType<typeof openWorld>>
let ctx: Context
let url: string
beforeAll(async () => {
  world = await openWorld()
  ctx = world.ctx
})
afterAll(() => world.drop())
beforeEach(async () => {
  // No gateway is asked for any of this.
  url = (await startMarketplace(world.urls, 'http://127.0.0.1:9')).url
})

const owner = newId()
const TIME = '2026-02-15T13:00:00.000Z'

async function read<Answer>(path: string, { cookie }: Pick<Person, 'cookie'>): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { headers: { cookie } })
  expect(response.status).toBe(200)
  return (await response.json()) as Answer
}

type Mails = {
  readonly email: string
  readonly bounced: { readonly answer: string } | null
  readonly kinds: readonly { readonly kind: string; readonly on: boolean }[]
}

type Notices = {
  readonly bouncing: { readonly email: string } | null
  readonly events: readonly { readonly id: string; readonly topic: string }[]
}

const offOf = async (person: Person) =>
  (await read<Mails>('/people/mails', person)).kinds.flatMap(({ kind, on }) => (on ? [] : [kind]))

/** A person with an account, which they have from their first request. */
async function givenOwner(): Promise<Person> {
  const person = await givenPerson(ctx, url)
  await read('/people/mails', person)
  return person
}

async function publish(person: Person, topic: 'backorder.secured' | 'balance.low'): Promise<string> {
  const id = newId()
  const data = {
    id,
    name: 'a.test',
    price: { amount_minor: 1, currency: 'USD' },
    balance: { amount_minor: 1, currency: 'USD' },
  }
  const times = { cutoff_at: TIME, drop_from: TIME, drop_to: TIME }
  await ctx.db
    .insertInto('event')
    .values({
      id,
      topic,
      account_id: await accountOf(ctx, person),
      subject_id: id,
      data: { ...data, ...times },
    })
    .execute()
  await advanceAll(ctx)
  while ((await planMemberMails(ctx, { gatherMs: 0, pauseMs: 0 })) > 0);
  return id
}

/** The mail that a person is sent now. */
async function claimMail({ email }: Person) {
  await passMailPauses(ctx)
  const mail = (await claimDueMails(ctx, { owner, limit: 100 })).find((each) => each.email === email)
  if (mail === undefined) throw new Error(`no mail for ${email}`)
  return mail
}

/** As a mail program sends it: from nowhere, without session. */
const oneClick = (key: string) =>
  fetch(`${url}/mails/off?key=${key}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': `198.18.1.${randomInt(256)}`,
    },
    body: 'List-Unsubscribe=One-Click',
  })

test('a person chooses for themselves, kind by kind, and what is chosen stays', async () => {
  const [anna, other] = [await givenOwner(), await givenOwner()]
  expect(await offOf(anna)).toEqual([])
  await post(url, '/people/mails/invoice', { on: false }, anna.cookie)
  await post(url, '/people/mails/watch', { on: false }, anna.cookie)
  expect(await offOf(anna)).toEqual(['invoice', 'watch'])
  await post(url, '/people/mails/invoice', { on: true }, anna.cookie)
  expect(await offOf(anna)).toEqual(['watch'])
  expect(await offOf(other)).toEqual([])
  await expect(post(url, '/people/mails/news', { on: true }, anna.cookie)).rejects.toThrow('404')
  await expect(post(url, '/people/mails/watch', { on: 'yes' }, anna.cookie)).rejects.toThrow(
    'invalid_request',
  )
})

test('without a session nothing is read or chosen, and from another site neither', async () => {
  for (const path of ['/people/mails', '/people/notices'])
    expect((await fetch(`${url}${path}`)).status).toBe(401)
  const { cookie } = await givenOwner()
  for (const path of ['/people/mails/watch', '/people/mails/try-again', '/people/notices/away']) {
    const headers = { 'content-type': 'application/json', cookie, origin: 'http://elsewhere.test' }
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: '{"on":false}' })
    expect([path, response.status]).toEqual([path, 403])
  }
})

test('one click in a mail program switches off what the mail was about; opening the link changes nothing', async () => {
  const person = await givenOwner()
  await publish(person, 'backorder.secured')
  const { unsubscribeKey } = await claimMail(person)
  const opened = await fetch(`${url}/mails/off?key=${unsubscribeKey}`, { redirect: 'manual' })
  expect([opened.status, opened.headers.get('location')]).toEqual([
    302,
    `/en/mails/off?key=${unsubscribeKey}`,
  ])
  const kinds = await fetch(`${url}/mails/kinds?key=${unsubscribeKey}`)
  expect(await kinds.json()).toEqual({ kinds: ['secured'] })
  expect(await offOf(person)).toEqual([])
  for (const _ of ['once', 'again']) {
    const response = await oneClick(unsubscribeKey)
    expect([response.status, await response.json()]).toEqual([200, { kinds: ['secured'] }])
  }
  expect(await offOf(person)).toEqual(['secured'])
})

test('a link that was not sent switches nothing off, whatever its key looks like', async () => {
  for (const key of ['', 'x', '00'.repeat(16), `${'00'.repeat(16)}00`, '%27;--'])
    expect([key, (await oneClick(key)).status]).toEqual([key, 404])
})

test('a refused address is shown to its person until they say that it is right', async () => {
  const person = await givenOwner()
  await publish(person, 'backorder.secured')
  const mail = await claimMail(person)
  await recordMail(ctx, {
    mail,
    owner,
    result: { kind: 'bounced', answer: '550 No such mailbox' },
    chance: 0,
  })
  expect((await read<Mails>('/people/mails', person)).bounced).toMatchObject({
    answer: '550 No such mailbox',
  })
  expect((await read<Notices>('/people/notices', person)).bouncing).toMatchObject({ email: person.email })
  await post(url, '/people/mails/try-again', {}, person.cookie)
  expect((await read<Mails>('/people/mails', person)).bounced).toBeNull()
  expect((await read<Notices>('/people/notices', person)).bouncing).toBeNull()
  expect((await claimMail(person)).id).toBe(mail.id)
})

test('a notice stands until it is over, and is put away by each person for themselves', async () => {
  const person = await givenOwner()
  const id = await publish(person, 'balance.low')
  const accountId = await accountOf(ctx, person)
  const ids = async () => (await read<Notices>('/people/notices', person)).events.map((event) => event.id)
  expect(await ids()).toEqual([])
  const setLow = (low: boolean) =>
    ctx.db
      .updateTable('account')
      .set({ balance_is_low: low, low_balance_minor: 5n })
      .where('id', '=', accountId)
      .execute()
  await setLow(true)
  expect(await ids()).toEqual([id])
  const stranger = await givenOwner()
  await post(url, '/people/notices/away', { ids: [id] }, stranger.cookie)
  expect(await ids()).toEqual([id])
  await setLow(false)
  expect(await ids()).toEqual([])
  await setLow(true)
  for (const _ of ['once', 'again']) await post(url, '/people/notices/away', { ids: [id] }, person.cookie)
  expect(await ids()).toEqual([])
})

test('the link to an invoice asks for a sign-in first, and leads to the file then', async () => {
  const path = '/zh/invoices/01a00000-0000-7000-8000-000000000001/pdf'
  const locationOf = async (headers: Record<string, string> = {}) =>
    (await fetch(`${url}${path}`, { headers, redirect: 'manual' })).headers.get('location')
  expect(await locationOf()).toBe('/zh/sign-in?next=%2Fzh%2Faccount%2Finvoices')
  const { cookie } = await givenOwner()
  expect(await locationOf({ cookie })).toBe('/api/v1/invoices/01a00000-0000-7000-8000-000000000001/pdf')
})

import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { digestOf } from '../src/server/digest.ts'
import { type Browser, refusalIn } from './support/browser.ts'
import { freshAddress, givenPerson, newPerson, password, useWorld } from './support/world.ts'

const world = useWorld()

const Refused = z.object({ retry_after_seconds: z.number() })

const counts = async () =>
  (await world.ctx.db.selectFrom('member_request_count').select('key').execute()).map(({ key }) => key)

test('a source has ten sign-ins a minute, for all addresses together; another source has its own', async () => {
  const { email } = await givenPerson(world)
  const browser = world.browser('203.0.113.1')
  const guess = (n: number) =>
    browser.post('/auth/sign-in/email', { email: `${n}-${email}`, password: 'a wrong password' })
  for (let n = 0; n < 10; n += 1) expect((await guess(n)).status).toBe(401)
  const refused = await guess(10)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await refusalIn(refused)).toEqual([429, 'address_limited'])
  const right = await browser.post('/auth/sign-in/email', { email, password })
  expect(right.status).toBe(429)
  expect((await world.browser('203.0.113.2').post('/auth/sign-in/email', { email, password })).status).toBe(
    204,
  )
})

/** As if so much time had passed since the counts began whose key is like this. */
async function age(key: string, seconds: number): Promise<void> {
  await world.ctx.db
    .updateTable('member_request_count')
    .set((eb) => ({ last_request: eb('last_request', '-', BigInt(seconds * 1_000)) }))
    .where('key', 'like', key)
    .execute()
}

/** A hundred guesses at an address were made: by strangers, or (`%`) in every browser that it has signed in with too. */
async function guessed(email: string, browsers: '' | '%' = '%'): Promise<void> {
  await world.ctx.db
    .updateTable('member_request_count')
    .set({ count: 100 })
    .where('key', 'like', `sign-in ${digestOf(email)}${browsers}`)
    .execute()
}

test('a source that is refused learns how long to wait, and pressing again makes that no longer', async () => {
  const browser = world.browser('203.0.113.4')
  const guess = () =>
    browser.post('/auth/sign-in/email', { email: 'nobody@example.test', password: 'a wrong password' })
  const refused = async () => {
    const answer = await guess()
    const { retry_after_seconds: seconds } = Refused.parse(await answer.json())
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([429, String(seconds)])
    return seconds
  }
  for (let n = 0; n < 10; n += 1) await guess()
  const first = await refused()
  expect(first).toBeGreaterThan(30)
  expect(first).toBeLessThanOrEqual(60)
  await age('source 203.0.113.4 %', 40)
  for (let n = 0; n < 5; n += 1) expect(await refused()).toBeLessThanOrEqual(20)
  await age('source 203.0.113.4 %', 20)
  expect((await guess()).status).toBe(401)
})

test('an office that signs in now and again all day is not refused', async () => {
  const browser = world.browser('203.0.113.5')
  const guess = () =>
    browser.post('/auth/sign-in/email', { email: 'nobody@example.test', password: 'a wrong password' })
  for (let n = 0; n < 15; n += 1) {
    expect((await guess()).status).toBe(401)
    await age('source 203.0.113.5 %', 20)
  }
})

test('requests of a source that is refused count against no address and leave no row', async () => {
  const browser = world.browser('203.0.113.6')
  const guess = (n: number) =>
    browser.post('/auth/sign-in/email', { email: `${n}@refused.example.test`, password: 'a wrong password' })
  for (let n = 0; n < 10; n += 1) await guess(n)
  const before = new Set(await counts())
  for (let n = 10; n < 15; n += 1) expect((await guess(n)).status).toBe(429)
  expect((await counts()).filter((key) => !before.has(key))).toEqual([])
})

test('a stranger who guesses at an address keeps nobody out who has signed in before, or who chooses a new password', async () => {
  const { email, browser } = await givenPerson(world)
  const signIn = (from: Browser) => from.post('/auth/sign-in/email', { email, password })
  await browser.post('/auth/sign-out')
  expect((await signIn(browser)).status).toBe(204)
  await browser.post('/auth/sign-out')
  await world.browser('203.0.113.7').post('/auth/sign-in/email', { email, password: 'a wrong password' })
  await guessed(email, '')
  const elsewhere = world.browser('203.0.113.8')
  expect(await refusalIn(await signIn(elsewhere))).toEqual([429, 'address_limited'])
  expect((await signIn(browser)).status).toBe(204)

  await elsewhere.post('/auth/request-password-reset', { email, redirectTo: '/en/reset-password' })
  const page = await elsewhere.open(await world.linkTo(email, /new password/))
  const token = new URL(page, 'http://market.test').searchParams.get('token')
  await elsewhere.post('/auth/reset-password', { token, newPassword: password })
  expect((await signIn(elsewhere)).status).toBe(204)
})

test('a browser that is known for one address is a stranger to another, and its own guesses end too', async () => {
  const known = await givenPerson(world)
  const signIn = () => known.browser.post('/auth/sign-in/email', { email: known.email, password })
  await signIn()
  expect((await signIn()).status).toBe(204)
  const { email } = await givenPerson(world)
  await world.browser('203.0.113.9').post('/auth/sign-in/email', { email, password: 'a wrong password' })
  for (const address of [email, known.email]) await guessed(address)
  for (const address of [email, known.email])
    expect(
      await refusalIn(await known.browser.post('/auth/sign-in/email', { email: address, password })),
    ).toEqual([429, 'address_limited'])
})

test('what a client says of its own address changes nothing', async () => {
  const browser = world.browser('203.0.113.3')
  const guess = (n: number) =>
    browser.send({
      method: 'POST',
      path: '/auth/sign-in/email',
      body: { email: 'nobody@example.test', password: 'a wrong password' },
      headers: {
        'X-Forwarded-For': `10.0.0.${n}`,
        'X-Droplock-Source': `10.0.0.${n}`,
        'X-Real-IP': `10.0.0.${n}`,
      },
    })
  for (let n = 0; n < 10; n += 1) expect((await guess(n)).status).toBe(401)
  expect((await guess(10)).status).toBe(429)
})

test('an IPv6 network is one source', async () => {
  const guess = () =>
    world
      .browser('2001:db8:1:2::/64')
      .post('/auth/sign-in/email', { email: 'nobody@example.test', password: 'a wrong password' })
  for (let n = 0; n < 10; n += 1) expect((await guess()).status).toBe(401)
  expect((await guess()).status).toBe(429)
  const next = world.browser('2001:db8:1:3::/64')
  const other = await next.post('/auth/sign-in/email', {
    email: 'nobody@example.test',
    password: 'a wrong one',
  })
  expect(other.status).toBe(401)
})

test('guesses at one address from many sources end too', async () => {
  const { email } = await givenPerson(world)
  const guess = (n: number) =>
    world.browser(`203.0.113.${100 + n}`).post('/auth/sign-in/email', { email, password: 'a wrong password' })
  // Ten are made by hand: the others would take seconds of hashing.
  await guess(0)
  await world.ctx.db
    .updateTable('member_request_count')
    .set({ count: 99 })
    .where('key', 'like', 'sign-in %')
    .execute()
  expect((await guess(1)).status).toBe(401)
  expect(await refusalIn(await guess(2))).toEqual([429, 'address_limited'])
  // The hour is over.
  await world.ctx.db
    .updateTable('member_request_count')
    .set({ last_request: BigInt(Date.now() - 3_600_000) })
    .where('key', 'like', 'sign-in %')
    .execute()
  expect((await guess(3)).status).toBe(401)
})

test('an address gets ten mails an hour, whoever asks for them and however', async () => {
  const { email } = freshAddress()
  for (let n = 0; n < 12; n += 1) {
    const browser = world.browser(`203.0.113.${120 + n}`)
    expect((await browser.post('/auth/sign-up/email', newPerson(email))).status).toBe(204)
  }
  expect(await world.mailsTo(email)).toBe(10)
})

test('the password of an open session is guessed ten times an hour', async () => {
  const { browser } = await givenPerson(world)
  const erase = () => browser.post('/people/me/erase', { password: 'a wrong password' })
  for (let n = 0; n < 10; n += 1) expect(await refusalIn(await erase())).toEqual([401, 'invalid_credentials'])
  expect(await refusalIn(await erase())).toEqual([429, 'address_limited'])
})

test('no path that a stranger can make up leaves a row', async () => {
  const browser = world.browser('203.0.113.150')
  await browser.post('/auth/sign-out')
  const before = await counts()
  for (let n = 0; n < 20; n += 1) {
    await browser.get(`/auth/made-up-${n}`)
    await browser.post(`/auth/made-up-${n}`)
    await browser.get(`/auth/reset-password/made-up-${n}?callbackURL=/en/reset-password`)
  }
  expect((await counts()).filter((key) => !before.includes(key))).toEqual([])
  expect(before.join(' ')).not.toContain('@')
})

/** Everything that an answer says, beside the time and a cookie's value. */
async function saidIn(answer: Response): Promise<unknown> {
  const headers = [...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
  const cookies = answer.headers
    .getSetCookie()
    .map((text) => text.replace(/=[^;]*/, '=…').replace(/Expires=[^;]*/i, ''))
  return {
    status: answer.status,
    headers: headers.filter(([name]) => name !== 'set-cookie'),
    cookies,
    length: decodeURIComponent(/=([^;]*)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? '').length,
    body: await answer.text(),
  }
}

/** As long as every answer takes that must not say who is known; a timer may be a moment early. Milliseconds. */
const SAME_MS = 395

test.each([
  ['sign-up', '/auth/sign-up/email', (email: string) => newPerson(email)],
  ['new password', '/auth/request-password-reset', (email: string) => ({ email })],
  ['link once more', '/auth/send-verification-email', (email: string) => ({ email })],
])(
  '%s: an answer says the same of every address, never sooner, and waits for no mail',
  async (_, path, bodyOf) => {
    const { email: known } = await givenPerson(world)
    const { email: unconfirmed, source } = freshAddress()
    await world.browser(source).post('/auth/sign-up/email', newPerson(unconfirmed))
    const { email: unknown } = freshAddress()
    // A mail server that answers late, or never, must not show for whom there was a mail.
    const release = world.holdMails()
    const said: unknown[] = []
    for (const email of [known, unconfirmed, unknown]) {
      const began = performance.now()
      const answer = await world.browser(freshAddress().source).post(path, bodyOf(email))
      expect(performance.now() - began).toBeGreaterThan(SAME_MS)
      said.push(await saidIn(answer))
    }
    release()
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1)
  },
)

test('an invitation says the same of an address that belongs to another account, and only a mail notifies its owner', async () => {
  const { browser } = await givenPerson(world)
  const { email: known } = await givenPerson(world)
  const { email: unknown } = freshAddress()
  const answers = []
  for (const email of [known, unknown])
    answers.push((await browser.post('/people/all', { email, role: 'buyer' })).status)
  expect(answers).toEqual([201, 201])
  expect(await world.mailTo(known)).toContain('a person can belong to only one')
  expect(await world.mailTo(unknown)).toContain('Sign up with this address')
})

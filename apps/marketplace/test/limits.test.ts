import { performance } from 'node:perf_hooks'
import { expect, test } from 'vitest'
import { digestOf } from '../src/server/digest.ts'
import { refusalIn } from './support/browser.ts'
import { freshAddress, givenPerson, newPerson, password, useWorld } from './support/world.ts'

const world = useWorld()

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

/** As many guesses at the address as strangers have in an hour: all but one without the hashing. */
async function guessAll(email: string): Promise<void> {
  const guess = { email, password: 'a wrong password' }
  await world.browser(freshAddress().source).post('/auth/sign-in/email', guess)
  await world.ctx.db
    .updateTable('member_request_count')
    .set({ count: 100 })
    .where('key', '=', `sign-in ${digestOf(email)}`)
    .execute()
}

test('who guesses at an address keeps nobody out of a browser that it is known from', async () => {
  const [{ email }, { email: another }] = [await givenPerson(world), await givenPerson(world)]
  const known = world.browser(freshAddress().source)
  const stranger = () => world.browser(freshAddress().source)
  const signIn = async (browser: typeof known, as = email, typed = password) =>
    (await browser.post('/auth/sign-in/email', { email: as, password: typed })).status
  expect(await signIn(known)).toBe(204)
  await guessAll(email)
  expect(await signIn(stranger())).toBe(429)
  expect(await signIn(known)).toBe(204)
  // It is known for this address alone, by a cookie that nobody else can make.
  await guessAll(another)
  expect(await signIn(known, another)).toBe(429)
  const cookie = known.cookies.get('droplock.known') ?? ''
  const forger = stranger()
  forger.cookies.set('droplock.known', cookie.replace(/.{6}$/, 'AAA%3D'))
  expect(await signIn(forger)).toBe(429)
  // Who has stolen it has ten guesses an hour: the owner has had one.
  const statuses: number[] = []
  for (let n = 0; n < 10; n += 1) {
    const thief = stranger()
    thief.cookies.set('droplock.known', cookie)
    statuses.push(await signIn(thief, email, 'a wrong password'))
  }
  expect(statuses).toEqual([...Array.from({ length: 9 }, () => 401), 429])
})

test('a browser in which an address was confirmed is known', async () => {
  const { email, browser } = await givenPerson(world)
  await guessAll(email)
  expect((await browser.post('/auth/sign-in/email', { email, password })).status).toBe(204)
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

test('many visitors who read the same at once, from one source, are all answered', async () => {
  const reads = Array.from({ length: 100 }, () =>
    world.browser('203.0.113.190').get('/api/v1/listings?q=the-same'),
  )
  expect(new Set((await Promise.all(reads)).map(({ status }) => status))).toEqual(new Set([200]))
})

/** So many searches of one source at once, each for something else. */
function searches(source: string, count: number): Promise<readonly Response[]> {
  const queries = Array.from({ length: count }, (_, n) => `${source.replaceAll('.', '-')}-${n}`)
  return Promise.all(queries.map((text) => world.browser(source).get(`/api/v1/listings?q=${text}`)))
}

test('a source that searches for something else each time has a share of the visitors’ reads, and no other visitor is refused', async () => {
  const [greedy, ...others] = await Promise.all([
    searches('203.0.113.180', 300),
    searches('203.0.113.181', 5),
    searches('203.0.113.182', 5),
  ])
  const statuses = (greedy ?? []).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200, 429]))
  expect(others.flat().map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200))
  const refused = (greedy ?? []).find(({ status }) => status === 429)
  expect(refused && (await refusalIn(refused))).toEqual([429, 'address_limited'])
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
  expect(await world.mailTo(known)).toContain('a person belongs to one')
  expect(await world.mailTo(unknown)).toContain('Sign up with this address')
})

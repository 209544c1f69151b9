import { expect, test } from 'vitest'
import { startMarketplace } from './support/processes.ts'
import { freshAddress, givenPerson, newPerson, password, secret, useWorld } from './support/world.ts'

const world = useWorld()

const NEXT = 'the next secret of the marketplace that all tests may know'

const startWith = (...secrets: readonly string[]) =>
  startMarketplace(world.urls, world.gatewayUrl, { DROPLOCK_MARKETPLACE_SECRET: secrets.join(',') })

test('the secret is changed while servers run: who is signed in stays so at each of them, by one key', {
  timeout: 60_000,
}, async () => {
  const { browser, email, memberId } = await givenPerson(world)
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const balance = async ({ url }: { readonly url: string }, of = cookie) =>
    (await fetch(`${url}/api/v1/balance`, { headers: { cookie: of } })).status
  const keys = () =>
    world.ctx.db
      .selectFrom('api_key')
      .innerJoin('member_session', 'member_session.id', 'session_id')
      .select(['api_key.id', 'key_sha256', 'revoked_at'])
      .where('member_id', '=', memberId)
      .orderBy('api_key.id')
      .execute()
  const before = await keys()
  expect(before).toHaveLength(1)
  const [knows, uses] = await Promise.all([startWith(secret, NEXT), startWith(NEXT, secret)])
  for (let round = 0; round < 10; round += 1)
    expect(await Promise.all([balance(knows), balance(uses)])).toEqual([200, 200])
  expect(await keys()).toEqual(before)

  const signedIn = await fetch(`${uses.url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: 'http://pages.test', 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  expect(signedIn.status).toBe(204)
  const anew = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ')
  // Whichever server asks first makes its key. Here it is one of those that will not lose its secret: in a change none of the others is left
  // when the old secret goes.
  expect(await balance(uses, anew)).toBe(200)
  const done = await startWith(NEXT)
  expect(await Promise.all([knows, uses, done].map((server) => balance(server, anew)))).toEqual([
    200, 200, 200,
  ])
  // Once a secret is gone nothing that it signed is accepted.
  expect(await balance(done)).toBe(401)
})

test('links that were mailed before a change of the secret are good after it, and none of a secret that is gone', async () => {
  const { email, source } = freshAddress()
  const asked = world.browser(source)
  expect((await asked.post('/auth/sign-up/email', newPerson(email))).status).toBe(204)
  const link = await world.linkTo(email, /Confirm/)
  const without = world.browserAt([NEXT], asked)
  expect(await without.open(link)).toMatch(/error=/i)
  const browser = world.browserAt([NEXT, secret], asked)
  expect(await browser.open(link)).toBe('/en/confirmed')
  expect((await browser.get('/api/v1/balance')).status).toBe(200)
  // What the new one has signed needs the old one no more.
  expect((await world.browserAt([NEXT], browser).get('/api/v1/balance')).status).toBe(200)
})

test('a change of the secret does not make a cookie, or a token, of somebody else’s secret good', async () => {
  const { browser } = await givenPerson(world)
  const strange = 'a secret of somebody else that is as long as ours'
  expect((await world.browserAt([strange, NEXT], browser).get('/api/v1/balance')).status).toBe(401)
  expect((await world.browserAt([NEXT, secret], browser).get('/api/v1/balance')).status).toBe(200)
})

test('whoever reads the database has no link by which a password is chosen', async () => {
  const { browser, email } = await givenPerson(world)
  await browser.post('/auth/request-password-reset', { email })
  const token = new URL(await world.linkTo(email, /Choose/)).pathname.split('/').at(-1) ?? ''
  expect(token.length).toBeGreaterThan(20)
  const stored = await world.ctx.db.selectFrom('member_verification').selectAll().execute()
  expect(stored.length).toBeGreaterThan(0)
  expect(JSON.stringify(stored)).not.toContain(token)
  const choose = (by: string) =>
    browser.post('/auth/reset-password', { token: by, newPassword: 'another long one' })
  // Neither what is stored nor a part of it is accepted for it.
  for (const { identifier } of stored) expect((await choose(identifier)).status).toBe(410)
  expect((await choose(token)).status).toBe(204)
})

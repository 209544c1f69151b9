import { expect, test } from 'vitest'
import { refusalIn } from './support/browser.ts'
import { freshAddress, givenPerson, memberOf, newPerson, password, useWorld } from './support/world.ts'

const world = useWorld()

test('who signs up confirms their address by the link and owns a new account, whose balance the gateway reads to them', async () => {
  const { email, source } = freshAddress()
  const browser = world.browser(source)
  expect((await browser.post('/auth/sign-up/email', newPerson(email))).status).toBe(204)
  expect((await browser.get('/api/v1/balance')).status).toBe(401)
  expect(await browser.open(await world.linkTo(email))).toBe('/en/confirmed')
  const balance = await browser.get('/api/v1/balance')
  expect(balance.status).toBe(200)
  expect(await balance.json()).toMatchObject({ balance: { amount_minor: 0, currency: 'USD' } })
  const member = await memberOf(world, email)
  expect(member).toMatchObject({ role: 'owner', email_verified: true })
  expect(member.terms_accepted_at.getTime()).toBeGreaterThan(Date.now() - 60_000)
})

test('a person who has not confirmed their address is not signed in, gets another link, and is in the same browser once it is opened', async () => {
  const { email, source } = freshAddress()
  await world.browser(source).post('/auth/sign-up/email', newPerson(email))
  const other = world.browser(source)
  const refused = await other.post('/auth/sign-in/email', { email, password })
  expect(await refusalIn(refused)).toEqual([403, 'email_not_verified'])
  expect(await world.mailsTo(email)).toBe(2)
  expect(await other.open(await world.linkTo(email))).toBe('/en/confirmed')
  expect((await other.get('/api/v1/balance')).status).toBe(200)
})

test('a link is no sign-up of a stranger: in a browser that does not know the password it asks for it, and a wrong one confirms nothing', async () => {
  const { email, source } = freshAddress()
  // Somebody signs up with an address that is not theirs, and its owner opens the link.
  await world.browser(source).post('/auth/sign-up/email', newPerson(email))
  const owner = world.browser('198.51.100.201')
  const link = await world.linkTo(email)
  const page = await owner.open(link)
  expect(page).toMatch(/^\/en\/confirm-address\?token=/)
  expect((await memberOf(world, email)).email_verified).toBe(false)
  const token = new URL(link).searchParams.get('token')
  const wrong = await owner.post('/auth/confirm-address', { token, password: 'not the password of it' })
  expect(await refusalIn(wrong)).toEqual([401, 'invalid_credentials'])
  expect((await memberOf(world, email)).email_verified).toBe(false)
  // They sign up themselves: still not with the stranger's password.
  await owner.post('/auth/sign-up/email', newPerson(email, { password: 'their very own password' }))
  expect(await owner.open(link)).toMatch(/confirm-address/)
  expect(await world.mailTo(email)).toContain('you already have an account')
  // With the password it is theirs, on whatever device they read their mail.
  const telephone = world.browser('198.51.100.202')
  expect((await telephone.post('/auth/confirm-address', { token, password })).status).toBe(204)
  expect((await telephone.get('/api/v1/balance')).status).toBe(200)
})

test('a new password, chosen by the link in the mail, proves the address too, and shuts out whoever chose the first', async () => {
  const { email, source } = freshAddress()
  await world
    .browser(source)
    .post('/auth/sign-up/email', newPerson(email, { password: 'the stranger’s password' }))
  const owner = world.browser('198.51.100.203')
  await owner.post('/auth/request-password-reset', { email, redirectTo: '/en/reset-password' })
  const page = await owner.open(await world.linkTo(email, /new password/))
  const token = new URL(page, 'http://market.test').searchParams.get('token')
  expect((await owner.post('/auth/reset-password', { token, newPassword: password })).status).toBe(204)
  const stranger = await world
    .browser(source)
    .post('/auth/sign-in/email', { email, password: 'the stranger’s password' })
  expect(stranger.status).toBe(401)
  expect((await owner.post('/auth/sign-in/email', { email, password })).status).toBe(204)
})

test.each([
  ['forged', (token: string) => `${token.slice(0, -4)}AAAA`],
  [
    'of another secret',
    () => 'eyJhbGciOiJIUzI1NiJ9.eyJlbWFpbCI6ImFAYi50ZXN0In0.3Tp7yTnzPV0BFn2dlTr5FIAxXYOfJDKXUQb2cFlIeCI',
  ],
  ['unsigned', () => `${btoa('{"alg":"none"}')}.${btoa('{"email":"person-1@example.test"}')}.`],
  ['empty', () => ''],
])('a token that is %s confirms nothing and signs nobody in', async (_, change) => {
  const { email, source } = freshAddress()
  const browser = world.browser(source)
  await browser.post('/auth/sign-up/email', newPerson(email))
  const link = new URL(await world.linkTo(email))
  link.searchParams.set('token', change(link.searchParams.get('token') ?? ''))
  expect(await browser.open(link.href)).toMatch(/^\/en\/confirmed\?error=/)
  const token = link.searchParams.get('token') || 'x'
  expect((await browser.post('/auth/confirm-address', { token, password })).status).toBe(410)
  expect((await memberOf(world, email)).email_verified).toBe(false)
  expect((await browser.get('/api/v1/balance')).status).toBe(401)
})

test('a confirmed link that is opened again signs nobody in', async () => {
  const { email } = await givenPerson(world)
  const link = await world.linkTo(email, /Confirm/)
  const thief = world.browser('198.51.100.204')
  await thief.open(link)
  expect((await thief.get('/api/v1/balance')).status).toBe(401)
})

test.each([
  ['a short password', { password: 'eleven char' }],
  ['an endless password', { password: 'x'.repeat(129) }],
  ['no address', { email: 'nobody' }],
  ['a language that is not offered', { language: 'de' }],
  ['other terms than those in force', { termsVersion: '2020-01-01' }],
  ['a currency that no price has', { currency: 'XTS' }],
  ['a name that advertises', { name: 'Win at http://prizes.test' }],
  ['a name of two lines', { name: 'Ann\nBcc: all@example.test' }],
  ['a page elsewhere', { callbackURL: 'https://evil.test/' }],
])('a sign-up with %s is refused, and no mail is sent', async (_, more) => {
  const { email, source } = freshAddress()
  const answer = await world.browser(source).post('/auth/sign-up/email', newPerson(email, more))
  expect(answer.status).toBe(422)
  expect(await answer.text()).not.toContain(password)
  expect(await world.mailsTo(email)).toBe(0)
})

test('what a sign-up adds of its own has no effect: role, account, confirmed address, picture', async () => {
  const { email, source } = freshAddress()
  const { accountId } = await givenPerson(world)
  await world.browser(source).post(
    '/auth/sign-up/email',
    newPerson(email, {
      role: 'owner',
      account_id: accountId,
      accountId,
      emailVerified: true,
      email_verified: true,
      termsAcceptedAt: '2000-01-01T00:00:00Z',
      image: 'https://evil.test/pixel.gif',
      id: accountId,
    }),
  )
  const member = await memberOf(world, email)
  expect(member).toMatchObject({ account_id: null, role: null, email_verified: false, image: null })
  expect(member.terms_accepted_at.getFullYear()).toBeGreaterThan(2020)
})

test('a mail to an address that nobody has confirmed says nothing that a stranger has typed', async () => {
  const { email, source } = freshAddress()
  await world.browser(source).post('/auth/sign-up/email', newPerson(email, { name: 'Buy cheap pills' }))
  expect(await world.mailTo(email)).not.toContain('cheap pills')
})

test('currency, address and role of the account cannot be changed by any request of the sign-in', async () => {
  const { browser, email } = await givenPerson(world)
  for (const path of [
    '/auth/update-user',
    '/auth/delete-user',
    '/auth/link-social',
    '/auth/list-sessions',
    '/auth/set-password',
  ])
    expect([
      path,
      (await browser.post(path, { name: 'x', currency: 'EUR', emailVerified: false })).status,
    ]).toEqual([path, 404])
  expect(await memberOf(world, email)).toMatchObject({ currency: 'USD', name: 'Ann Buyer' })
})

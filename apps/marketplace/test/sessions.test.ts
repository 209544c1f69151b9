import { switchAccount } from '@droplock/core/accounts/administer'
import { asService } from '@droplock/core/context'
import { expect, test } from 'vitest'
import { refusalIn } from './support/browser.ts'
import {
  givenInvited,
  givenPerson,
  keysOf,
  memberOf,
  type Person,
  password,
  statusOf,
  useWorld,
  type World,
} from './support/world.ts'

const world = useWorld()

const SESSION_COOKIE = 'droplock.session_token'

/** The key of a person's only session, which the gateway accepts. */
async function givenKey(of: World, { memberId }: Person): Promise<string> {
  const [key = ''] = await keysOf(of, memberId)
  expect(await statusOf(of, key)).toBe(200)
  return key
}

async function expectRefused(of: World, key: string): Promise<void> {
  await expect.poll(() => statusOf(of, key), { interval: 20 }).toBe(401)
}

test('a session is a cookie that scripts cannot read and other sites do not send; no answer has its token', async () => {
  const { browser, email } = await givenPerson(world)
  const answer = await browser.post('/auth/sign-in/email', { email, password })
  expect(answer.status).toBe(204)
  expect(await answer.text()).toBe('')
  const cookie = browser.attributes.get(SESSION_COOKIE) ?? ''
  expect(cookie).toMatch(/; HttpOnly/i)
  expect(cookie).toMatch(/; SameSite=Lax/i)
  expect(cookie).toMatch(/; Path=\/(;|$)/i)
  expect(cookie).not.toMatch(/domain/i)
  const [token = ''] = (browser.cookies.get(SESSION_COOKIE) ?? '').split('.')
  for (const path of ['/people/me/sessions', '/en/names'])
    expect(await (await browser.get(path)).text()).not.toContain(token)
})

test('a session that a browser had before the sign-in is not the one that it has afterwards', async () => {
  const { browser, email, memberId } = await givenPerson(world)
  const planted = browser.cookies.get(SESSION_COOKIE) ?? ''
  const victim = world.browser('198.51.100.210')
  victim.cookies.set(SESSION_COOKIE, planted)
  await victim.post('/auth/sign-in/email', { email, password })
  expect(victim.cookies.get(SESSION_COOKIE)).not.toBe(planted)
  victim.cookies.set(SESSION_COOKIE, 'made-up.by-somebody')
  expect((await victim.get('/api/v1/balance')).status).toBe(401)
  await victim.post('/auth/sign-in/email', { email, password })
  expect(victim.cookies.get(SESSION_COOKIE)).not.toContain('made-up')
  expect((await keysOf(world, memberId)).length).toBeGreaterThan(0)
})

test('a session’s token without the signature, or with another, is nobody', async () => {
  const { browser } = await givenPerson(world)
  const [token = ''] = decodeURIComponent(browser.cookies.get(SESSION_COOKIE) ?? '').split('.')
  for (const value of [token, `${token}.`, `${token}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D`]) {
    browser.cookies.set(SESSION_COOKIE, value)
    expect((await browser.get('/api/v1/balance')).status).toBe(401)
  }
})

test('the sign-out ends the session, and the gateway refuses its key at once', async () => {
  const person = await givenPerson(world)
  const stolen = person.browser.cookies.get(SESSION_COOKIE) ?? ''
  const key = await givenKey(world, person)
  expect((await person.browser.post('/auth/sign-out')).status).toBe(204)
  await expectRefused(world, key)
  person.browser.cookies.set(SESSION_COOKIE, stolen)
  expect((await person.browser.get('/api/v1/balance')).status).toBe(401)
})

test('the sign-out does not clear what the sign-in of another person then does', async () => {
  const [first, second] = [await givenPerson(world), await givenPerson(world)]
  await first.browser.post('/auth/sign-out')
  await first.browser.post('/auth/sign-in/email', { email: second.email, password })
  const session = await first.browser.get('/en/names')
  expect(await session.text()).toContain(second.email)
})

test('a change of password needs the present one; it ends all other sessions and gives this one another token and key', async () => {
  const person = await givenPerson(world)
  const { browser, email } = person
  const other = world.browser('198.51.100.211')
  await other.post('/auth/sign-in/email', { email, password })
  expect((await other.get('/api/v1/balance')).status).toBe(200)
  const before = browser.cookies.get(SESSION_COOKIE)
  const keys = await keysOf(world, person.memberId)
  const newPassword = 'another long password'
  const guess = { currentPassword: 'not the password', newPassword }
  expect(await refusalIn(await browser.post('/auth/change-password', guess))).toEqual([
    401,
    'invalid_credentials',
  ])
  expect(
    (await browser.post('/auth/change-password', { currentPassword: password, newPassword })).status,
  ).toBe(204)
  expect(browser.cookies.get(SESSION_COOKIE)).not.toBe(before)
  expect((await browser.get('/api/v1/balance')).status).toBe(200)
  expect((await other.get('/api/v1/balance')).status).toBe(401)
  for (const key of keys) await expectRefused(world, key)
  expect((await other.post('/auth/sign-in/email', { email, password })).status).toBe(401)
})

test('a password that was forgotten is chosen anew by a link that works once; it ends every session and key', async () => {
  const person = await givenPerson(world)
  const { browser, email } = person
  const key = await givenKey(world, person)
  await world.browser('198.51.100.212').post('/auth/request-password-reset', { email })
  const page = await browser.open(await world.linkTo(email, /new password/))
  const token = new URL(page, 'http://market.test').searchParams.get('token') ?? ''
  const choose = () => browser.post('/auth/reset-password', { token, newPassword: 'chosen by the link' })
  expect((await choose()).status).toBe(204)
  expect(await refusalIn(await choose())).toEqual([410, 'link_invalid'])
  expect((await browser.get('/api/v1/balance')).status).toBe(401)
  await expectRefused(world, key)
  expect(await browser.open(await world.linkTo(email, /new password/))).toMatch(/error=INVALID_TOKEN/)
})

test('a link to choose a password is refused once its hour is over', async () => {
  const { email, browser, memberId } = await givenPerson(world)
  await browser.post('/auth/request-password-reset', { email })
  const page = await browser.open(await world.linkTo(email, /new password/))
  const token = new URL(page, 'http://market.test').searchParams.get('token') ?? ''
  await world.ctx.db
    .updateTable('member_verification')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('value', '=', memberId)
    .execute()
  const answer = await browser.post('/auth/reset-password', { token, newPassword: 'chosen too late' })
  expect(await refusalIn(answer)).toEqual([410, 'link_invalid'])
})

test('an address changes when links at the old and then the new one were opened, and not before', async () => {
  const { browser, email, memberId } = await givenPerson(world)
  const newEmail = `new-${email}`
  const callbackURL = `/en/confirmed?change=${encodeURIComponent(newEmail)}`
  expect((await browser.post('/auth/change-email', { newEmail, callbackURL })).status).toBe(204)
  expect(await world.mailsTo(newEmail)).toBe(0)
  await browser.open(await world.linkTo(email, /change of your e-mail/))
  expect((await memberOf(world, email)).id).toBe(memberId)
  const link = await world.linkTo(newEmail)
  expect(await browser.open(link)).toBe(callbackURL)
  expect((await memberOf(world, newEmail)).id).toBe(memberId)
  expect(await (await browser.get('/en/names')).text()).toContain(newEmail)
  // Neither link has another effect.
  expect(await browser.open(link)).toMatch(/error=/)
})

test('of two people who change to one address, the second sees that the link cannot be used', async () => {
  const [first, second] = [await givenPerson(world), await givenPerson(world)]
  const newEmail = `shared-${first.email}`
  const links: string[] = []
  for (const { browser, email } of [first, second]) {
    await browser.post('/auth/change-email', { newEmail })
    await browser.open(await world.linkTo(email, /change of your e-mail/))
    links.push(await world.linkTo(newEmail))
  }
  expect(await first.browser.open(links[0] ?? '')).toBe('/en/confirmed')
  expect(await second.browser.open(links[1] ?? '')).toMatch(/error=/)
  expect((await memberOf(world, second.email)).id).toBe(second.memberId)
})

test('another role has another key at once, with the scopes of that role', async () => {
  const owner = await givenPerson(world)
  const person = await givenInvited(world, owner, 'buyer')
  expect((await person.browser.get('/api/v1/contacts')).status).toBe(200)
  const key = await givenKey(world, person)
  const path = `/people/all/${person.memberId}/role`
  expect((await owner.browser.post(path, { role: 'viewer' })).status).toBe(204)
  await expectRefused(world, key)
  expect((await person.browser.get('/api/v1/balance')).status).toBe(200)
  expect((await person.browser.get('/api/v1/contacts')).status).toBe(403)
})

test('a person who is removed is signed out, their key is refused, and they see nobody of the account', async () => {
  const owner = await givenPerson(world)
  const person = await givenInvited(world, owner, 'buyer')
  expect((await person.browser.get('/people/all')).status).toBe(200)
  const key = await givenKey(world, person)
  const path = `/people/all/${person.memberId}`
  expect((await owner.browser.send({ method: 'DELETE', path })).status).toBe(204)
  await expectRefused(world, key)
  expect((await person.browser.get('/people/all')).status).toBe(401)
  await person.browser.post('/auth/sign-in/email', { email: person.email, password })
  const seen = await (await person.browser.get('/people/all')).text()
  expect(seen).not.toContain(owner.email)
})

test('people see where they are signed in, and end one session or all others', async () => {
  const person = await givenPerson(world)
  const others = await Promise.all(
    ['198.51.100.213', '198.51.100.214'].map(async (source) => {
      const other = world.browser(source)
      await other.post('/auth/sign-in/email', { email: person.email, password })
      expect((await other.get('/api/v1/balance')).status).toBe(200)
      return other
    }),
  )
  const list = async () => {
    const answer = await person.browser.get('/people/me/sessions')
    return (JSON.parse(await answer.text()) as { items: { id: string; current: boolean; address: string }[] })
      .items
  }
  const sessions = await list()
  expect(sessions.filter(({ current }) => current)).toHaveLength(1)
  const second = sessions.find(({ address }) => address === '198.51.100.213')
  const end = (path: string) => person.browser.send({ method: 'DELETE', path })
  expect((await end(`/people/me/sessions/${second?.id}`)).status).toBe(204)
  expect(await refusalIn(await end(`/people/me/sessions/${second?.id}`))).toEqual([404, 'session_not_found'])
  expect((await others[0]?.get('/api/v1/balance'))?.status).toBe(401)
  expect((await others[1]?.get('/api/v1/balance'))?.status).toBe(200)
  expect((await end('/people/me/sessions')).status).toBe(204)
  expect((await others[1]?.get('/api/v1/balance'))?.status).toBe(401)
  expect(await list()).toHaveLength(1)
  // Of another person none is ended.
  const stranger = await givenPerson(world)
  const own = (await list())[0]?.id
  const answer = await stranger.browser.send({ method: 'DELETE', path: `/people/me/sessions/${own}` })
  expect(answer.status).toBe(404)
})

test('a session ends a week after the sign-in, however much it is used', async () => {
  const { browser, memberId } = await givenPerson(world)
  const ends = async () =>
    (
      await world.ctx.db
        .selectFrom('member_session')
        .select('expires_at')
        .where('member_id', '=', memberId)
        .executeTakeFirstOrThrow()
    ).expires_at
  const end = await ends()
  expect(end.getTime() - Date.now()).toBeLessThanOrEqual(7 * 86_400_000)
  await world.ctx.db
    .updateTable('member_session')
    .set({ expires_at: new Date(Date.now() + 60_000) })
    .where('member_id', '=', memberId)
    .execute()
  await browser.get('/api/v1/balance')
  expect((await ends()).getTime()).toBeLessThan(Date.now() + 61_000)
  await world.ctx.db
    .updateTable('member_session')
    .set({ expires_at: new Date(Date.now() - 1) })
    .where('member_id', '=', memberId)
    .execute()
  expect((await browser.get('/api/v1/balance')).status).toBe(401)
})

test('a session’s key is valid for minutes, is listed nowhere, and is renewed while the session is used', async () => {
  const { browser, memberId } = await givenPerson(world)
  const select = () =>
    world.ctx.db
      .selectFrom('api_key')
      .innerJoin('member_session', 'member_session.id', 'session_id')
      .select(['api_key.id', 'api_key.expires_at'])
      .where('member_id', '=', memberId)
      .executeTakeFirstOrThrow()
  const { expires_at: end } = await select()
  expect((end?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(900_000)
  const keys = await browser.get('/api/v1/api-keys')
  expect(JSON.parse(await keys.text())).toMatchObject({ items: [] })
})

test('while its account is suspended a person sees it by the gateway and by the page; nobody is signed out', async () => {
  const person = await givenPerson(world)
  const { accountId, browser } = person
  const suspend = (enabled: boolean) =>
    switchAccount(asService(world.ctx), { accountId, enabled, reason: 'a test' })
  await suspend(false)
  await expect.poll(async () => (await browser.get('/api/v1/balance')).status).toBe(403)
  expect(await (await browser.get('/en/names')).text()).toContain('"isSuspended":true')
  await suspend(true)
  await expect.poll(async () => (await browser.get('/api/v1/balance')).status).toBe(200)
  expect(await (await browser.get('/en/names')).text()).toContain('"isSuspended":false')
})

test('nothing but the API below /api is reached at the gateway, by no way of writing a path', async () => {
  const { browser } = await givenPerson(world)
  for (const path of [
    '/api/v1/../healthz',
    '/api/v1/%2e%2e/healthz',
    '/api/v1/.%2e/openapi.json',
    '/api/healthz',
  ])
    expect([path, (await browser.get(path)).status]).toEqual([path, 404])
})

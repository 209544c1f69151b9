import { Session } from '@droplock/contracts/console/session'
import { FREE_FAILURES_MAX } from '@droplock/rules/staff/lock-out'
import { describe, expect, test } from 'vitest'
import { createTestApp } from './support/app.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, givenStaff, password, useWorld } from './support/world.ts'

const world = useWorld()
const signIn = (body: unknown, headers = {}) =>
  world.send({ method: 'POST', path: '/api/session', body, headers })

describe('signing in', () => {
  test('gives a session in a cookie that no script reads and no other site sends', async () => {
    const { id, email } = await givenStaff(world.ctx, 'operator', 'viewer')
    const response = await signIn({ email: email.toUpperCase(), password })
    const session = await expectBody(response, 200, Session)
    expect(session.staff).toEqual({ id, email, name: 'operator and viewer', roles: ['operator', 'viewer'] })
    expect(response.headers.get('Set-Cookie')).toMatch(
      /^droplock_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    )
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  test('behind https binds the cookie to this host, and takes no other', async () => {
    const { send } = createTestApp(world.ctx, { secure: true })
    const { email } = await givenStaff(world.ctx, 'viewer')
    const response = await send({ method: 'POST', path: '/api/session', body: { email, password } })
    const cookie = response.headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^__Host-droplock_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect(response.headers.get('Strict-Transport-Security')).toMatch(/^max-age=\d+$/)
    const pair = cookie.split(';', 1)[0] ?? ''
    const seen = (header: string) => send({ path: '/api/session', headers: { Cookie: header } })
    expect((await seen(pair)).status).toBe(200)
    await expectProblem(await seen(pair.replace('__Host-', '')), 'session_required')
  })

  test('tells nobody which of address and password was wrong', async () => {
    const { email } = await givenStaff(world.ctx, 'viewer')
    const wrongPassword = await expectProblem(
      await signIn({ email, password: 'wrong' }),
      'invalid_credentials',
    )
    const nobody = { email: 'nobody@example.test', password }
    const wrongAddress = await expectProblem(await signIn(nobody), 'invalid_credentials')
    expect(wrongAddress).toEqual(wrongPassword)
  })

  test(`after ${FREE_FAILURES_MAX} wrong passwords the right one has to wait too, and other people do not`, async () => {
    const { email } = await givenStaff(world.ctx, 'viewer')
    for (let failure = 0; failure < FREE_FAILURES_MAX; failure += 1) {
      await expectProblem(await signIn({ email, password: 'wrong' }), 'invalid_credentials')
    }
    const locked = await expectProblem(await signIn({ email, password }), 'sign_in_locked')
    expect(locked).toMatchObject({ retryable: true, retry_at: expect.stringMatching(/^\d{4}-.*Z$/) })
    await givenPerson(world, 'viewer')

    await world.ctx.db
      .updateTable('staff_account')
      .set({ locked_until: new Date(0) })
      .where('email', '=', email)
      .execute()
    expect((await signIn({ email, password })).status).toBe(200)
  })

  test('guesses sent all at once are counted one by one', async () => {
    const { email } = await givenStaff(world.ctx, 'viewer')
    const guesses = Array.from({ length: 4 * FREE_FAILURES_MAX }, () => signIn({ email, password: 'wrong' }))
    const statuses = (await Promise.all(guesses)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(FREE_FAILURES_MAX)
    expect(statuses.filter((status) => status === 429)).toHaveLength(3 * FREE_FAILURES_MAX)
  })
})

test.each([
  ['no body', undefined, 'body_required'],
  ['no password', { email: 'a@b.test' }, 'invalid_request'],
  ['an endless password', { email: 'a@b.test', password: 'x'.repeat(1_001) }, 'invalid_request'],
  ['a member that is none', { email: 'a@b.test', password: 'x', admin: true }, 'invalid_request'],
  ['a body without end', { email: 'a@b.test', password: 'x'.repeat(20_000) }, 'request_too_large'],
] as const)('signing in refuses %s', async (_, body, code) => {
  await expectProblem(
    body === undefined ? await world.send({ method: 'POST', path: '/api/session' }) : await signIn(body),
    code,
  )
})

describe('a session', () => {
  test('is told again with the same CSRF token when the page is loaded anew', async () => {
    const { send, csrfToken, email } = await givenPerson(world, 'finance')
    const session = await expectBody(await send({ path: '/api/session' }), 200, Session)
    expect(session).toMatchObject({ csrf_token: csrfToken, staff: { email, roles: ['finance'] } })
  })

  test('ends by signing out, for good', async () => {
    const { send } = await givenPerson(world, 'viewer')
    const ended = await send({ method: 'DELETE', path: '/api/session' })
    expect(ended.status).toBe(204)
    expect(ended.headers.get('Set-Cookie')).toMatch(/^droplock_session=; Max-Age=0; Path=\/; HttpOnly/)
    await expectProblem(await send({ path: '/api/session' }), 'session_required')
    await expectProblem(await send({ path: '/api/today' }), 'session_required')
  })

  test.each(['idle_expires_at', 'expires_at'] as const)('ends when its %s is past', async (column) => {
    const { id, send } = await givenPerson(world, 'viewer')
    expect((await send({ path: '/api/today' })).status).toBe(200)
    const past = new Date(Date.now() - 1_000)
    const times = column === 'expires_at' ? { expires_at: past, idle_expires_at: past } : { [column]: past }
    await world.ctx.db.updateTable('staff_session').set(times).where('staff_id', '=', id).execute()
    await expectProblem(await send({ path: '/api/today' }), 'session_required')
  })

  test('of a disabled account is none, at once', async () => {
    const { id, send } = await givenPerson(world, 'admin')
    await world.ctx.db
      .updateTable('staff_account')
      .set({ disabled_at: new Date() })
      .where('id', '=', id)
      .execute()
    await expectProblem(await send({ path: '/api/today' }), 'session_required')
  })

  test('has the roles of now, not of when it began', async () => {
    const { id, send } = await givenPerson(world, 'admin')
    expect((await send({ path: '/api/invariants' })).status).toBe(200)
    await world.ctx.db
      .updateTable('staff_account')
      .set({ roles: ['viewer'] })
      .where('id', '=', id)
      .execute()
    await expectProblem(await send({ path: '/api/invariants' }), 'forbidden')
  })
})

test('no password, token or cookie is ever logged, and who acted is', async () => {
  const { id, send, cookie, csrfToken } = await givenPerson(world, 'viewer')
  await send({ path: '/api/today' })
  const log = JSON.stringify(world.logged())
  expect(log).toContain(id)
  for (const secret of [password, cookie.split('=')[1] ?? '', csrfToken]) {
    expect(secret.length).toBeGreaterThan(10)
    expect(log).not.toContain(secret)
  }
})

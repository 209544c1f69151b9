import { Session } from '@droplock/contracts/console/session'
import { freeFailures } from '@droplock/rules/staff'
import { describe, expect, test } from 'vitest'
import { type Ask, createTestApp } from './support/app.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, givenStaff, password, useWorld } from './support/world.ts'

const world = useWorld()
const signIn = (body: unknown, rest: Partial<Ask> = {}) =>
  world.send({ method: 'POST', path: '/api/session', body, ...rest })

/** A source address that no other test of this file uses. */
let sources = 0
const newSource = () => `198.51.100.${(sources += 1)}`

/** The cookies of an answer, as a browser sends them back. */
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .join('; ')

/** All that a caller can tell two answers by. */
async function answerOf(response: Response) {
  return { status: response.status, headers: [...response.headers], body: await response.text() }
}

describe('signing in', () => {
  test('gives a session in a cookie that no script reads and no other site sends', async () => {
    const { id, email } = await givenStaff(world.ctx, 'operator', 'viewer')
    const response = await signIn({ email: email.toUpperCase(), password })
    const session = await expectBody(response, 200, Session)
    expect(session.staff).toEqual({ id, email, name: 'operator and viewer', roles: ['operator', 'viewer'] })
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^droplock_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(
        /^droplock_device=[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
    ])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  test('behind https binds the cookie to this host, and takes no other', async () => {
    const { send } = createTestApp(world.ctx, { secure: true })
    const { email } = await givenStaff(world.ctx, 'viewer')
    const response = await send({ method: 'POST', path: '/api/session', body: { email, password } })
    const [cookie = '', device = ''] = response.headers.getSetCookie()
    expect(device).toMatch(/^__Host-droplock_device=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect(cookie).toMatch(/^__Host-droplock_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    const pair = cookie.split(';', 1)[0] ?? ''
    const seen = (header: string) => send({ path: '/api/session', headers: { Cookie: header } })
    expect((await seen(pair)).status).toBe(200)
    await expectProblem(await seen(pair.replace('__Host-', '')), 'session_required')
  })

  test('does not say which of address and password was wrong', async () => {
    const { email } = await givenStaff(world.ctx, 'viewer')
    const wrongPassword = await expectProblem(
      await signIn({ email, password: 'wrong' }),
      'invalid_credentials',
    )
    const nobody = { email: 'nobody@example.test', password }
    const wrongAddress = await expectProblem(await signIn(nobody), 'invalid_credentials')
    expect(wrongAddress).toEqual(wrongPassword)
  })

  test('does not show who has an account, however often it is tried', async () => {
    const { email } = await givenStaff(world.ctx, 'viewer')
    const answers = { somebody: [] as unknown[], nobody: [] as unknown[] }
    for (const [who, address] of [
      ['somebody', email],
      ['nobody', 'no-such-person@example.test'],
    ] as const) {
      // Past the pause of the address, then past that of the source.
      const source = newSource()
      for (let failure = 0; failure <= freeFailures.source; failure += 1) {
        const answer = await answerOf(await signIn({ email: address, password: 'wrong' }, { source }))
        // When to come again differs by the moment, not by the person.
        const retryAt = /"retry_at":"[^"]+"/
        const headers = answer.headers.filter(([name]) => name !== 'retry-after')
        answers[who].push({ ...answer, headers, body: answer.body.replace(retryAt, '"retry_at":"…"') })
      }
    }
    expect(answers.somebody).toEqual(answers.nobody)
    expect(answers.somebody[0]).toEqual(answers.somebody[freeFailures.address])
    expect(answers.somebody.at(-1)).toMatchObject({ status: 429 })
  })
})

describe('unknown clients', () => {
  test('from a source that failed too often are refused, with the time to try again', async () => {
    const source = newSource()
    for (let failure = 0; failure < freeFailures.source; failure += 1) {
      await signIn({ email: `nobody-${failure}@example.test`, password }, { source })
    }
    const response = await signIn({ email: 'nobody@example.test', password }, { source })
    const retryAfter = Date.parse(response.headers.get('Retry-After') ?? '')
    const { retry_at: retryAt, retryable } = await expectProblem(response, 'sign_in_locked')
    expect(retryable).toBe(true)
    const retryAtMs = Date.parse(String(retryAt))
    expect(retryAfter - retryAtMs).toBeGreaterThanOrEqual(0)
    expect(retryAfter - retryAtMs).toBeLessThan(1_000)
    await givenPerson(world, 'viewer')
  })

  test('who guess a password pause the address for unknown devices, and not for a known device of that person', async () => {
    const { email } = await givenStaff(world.ctx, 'viewer')
    const first = await signIn({ email, password })
    for (let failure = 0; failure < freeFailures.address; failure += 1) {
      await expectProblem(
        await signIn({ email, password: 'wrong' }, { source: newSource() }),
        'invalid_credentials',
      )
    }
    await expectProblem(await signIn({ email, password }), 'invalid_credentials')
    const again = await signIn({ email, password }, { headers: { Cookie: cookiesOf(first) } })
    expect(again.status).toBe(200)
    // The device keeps its token: other tabs and the next day have it too.
    expect(cookiesOf(again).split('; ')[1]).toBe(cookiesOf(first).split('; ')[1])
  })

  test('are all devices again that the person forgets', async () => {
    const { send, email, cookie } = await givenPerson(world, 'viewer')
    const device = cookiesOf(await signIn({ email, password }))
    const forgotten = await send({ method: 'DELETE', path: '/api/session/devices' })
    expect(forgotten.status).toBe(204)
    expect(forgotten.headers.get('Set-Cookie')).toMatch(/^droplock_device=; Max-Age=0; Path=\/; HttpOnly/)
    const again = await signIn({ email, password }, { headers: { Cookie: device } })
    expect(cookiesOf(again).split('; ')[1]).not.toBe(device.split('; ')[1])
    expect((await world.send({ path: '/api/session', headers: { Cookie: cookie } })).status).toBe(200)
  })
})

describe('many unknown clients at once', () => {
  test('of 200 a few wait, the rest are refused alike, and a person on a known device is not behind them', async () => {
    const { email } = await givenStaff(world.ctx, 'viewer')
    const Cookie = cookiesOf(await signIn({ email, password }))
    const answered: number[] = []
    const attempts = Array.from({ length: 200 }, async (_, index) => {
      const address = index % 2 === 0 ? email : `nobody-${index}@example.test`
      const response = await signIn(
        { email: address, password: 'wrong' },
        { source: `2001:db8:${index}::/64` },
      )
      answered.push(response.status)
      return { index, response }
    })
    const own = await signIn({ email, password }, { headers: { Cookie } })
    expect(own.status).toBe(200)
    expect(answered.filter((status) => status === 401).length).toBeLessThan(10)

    const refused: unknown[] = []
    for (const { response } of await Promise.all(attempts)) {
      if (response.status === 503) refused.push(await answerOf(response))
    }
    expect(refused).toHaveLength(200 - 33)
    expect(new Set(refused.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(JSON.stringify(refused[0])).toContain('retry-after')
  })

  test('of one source alone do not keep the others from waiting', async () => {
    const flood = Array.from({ length: 50 }, () =>
      signIn({ email: 'nobody@example.test', password }, { source: '203.0.113.1' }),
    )
    const { email } = await givenStaff(world.ctx, 'viewer')
    const other = await signIn({ email, password }, { source: newSource() })
    expect(other.status).toBe(200)
    const statuses = (await Promise.all(flood)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 503)).toHaveLength(50 - 8)
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
  test('is answered again with the same CSRF token when the page is reloaded', async () => {
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
    const { id, send } = await givenPerson(world, 'operator')
    await world.ctx.db
      .updateTable('staff_account')
      .set({ disabled_at: new Date() })
      .where('id', '=', id)
      .execute()
    await expectProblem(await send({ path: '/api/today' }), 'session_required')
  })

  test('has the roles of now, not of when it began', async () => {
    const { id, send } = await givenPerson(world, 'operator')
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

import { ProviderQuestion } from '@droplock/contracts/console/provider-sign-in'
import { describe, expect, test } from 'vitest'
import { createTestApp } from './support/app.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { openProviderBrowser } from './support/provider-browser.ts'
import {
  ask,
  bring,
  givenSubject,
  newBrowser,
  ORIGIN,
  openBy,
  providers,
  signInBy,
  world,
} from './support/provider-world.ts'

// What the provider's answers prove, and which prove nothing.

const makeOld = (email: string) =>
  world.ctx.db
    .updateTable('staff_session')
    .from('staff_account')
    .set({ proven_at: new Date(Date.now() - 86_400_000) })
    .whereRef('staff_account.id', '=', 'staff_session.staff_id')
    .where('email', '=', email)
    .execute()

/** A person in a session whose proof is old, a change that needs one, and the question to the provider. */
async function givenOld() {
  const { subject, email } = givenSubject(['money'])
  const { browser, session } = await signInBy({ person: subject })
  await makeOld(email)
  const headers = { 'X-CSRF-Token': (await session()).csrf_token }
  const change = () => browser.send({ method: 'POST', path: '/api/me/second-factor', headers })
  const askAnew = async () => {
    const path = '/api/session/provider/proof'
    const asked = await browser.send({ method: 'POST', path, headers, body: { window: true } })
    return (await expectBody(asked, 200, ProviderQuestion)).url
  }
  return { browser, subject, change, askAnew }
}

describe('a proof of identity', () => {
  test('is a new sign-in at the provider, after which the change is made', async () => {
    const { browser, subject, change, askAnew } = await givenOld()
    await expectProblem(await change(), 'step_up_required')
    const url = await askAnew()
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({ prompt: 'login', max_age: '0' })
    const page = await bring(browser, await browser.signInAt(url, { person: subject }))
    expect(page).toBe('/provider-answer?outcome=done')
    expect((await change()).status).toBe(201)
  })

  test('by another person proves nothing', async () => {
    const { browser, change, askAnew } = await givenOld()
    const other = givenSubject(['ops'])
    const how = { person: other.subject, afterSignOut: true }
    const page = await bring(browser, await browser.signInAt(await askAnew(), how))
    expect(page).toBe('/provider-answer?problem=identity_of_another')
    await expectProblem(await change(), 'step_up_required')
  })

  test('is not made there by who has a password here', async () => {
    const { browser, subject, change, askAnew } = await givenOld()
    await world.ctx.db.updateTable('staff_account').set({ password_hash: 'a hash' }).execute()
    const page = await bring(browser, await browser.signInAt(await askAnew(), { person: subject }))
    expect(page).toBe('/provider-answer?problem=invalid_credentials')
    await expectProblem(await change(), 'step_up_required')
    await world.ctx.db
      .updateTable('staff_account')
      .set({ password_hash: null })
      .where('identity_subject', 'is not', null)
      .execute()
  })

  test('for a session that has ended meanwhile opens none', async () => {
    const { browser, subject, askAnew } = await givenOld()
    const answer = await browser.signInAt(await askAnew(), { person: subject })
    await world.ctx.db.updateTable('staff_session').set({ ended_at: new Date() }).execute()
    expect(await bring(browser, answer)).toBe('/provider-answer?problem=session_required')
    await expectProblem(await browser.send({ path: '/api/session' }), 'session_required')
  })
})

describe('an answer of the provider', () => {
  const INVALID = '/login?problem=identity_answer_invalid'

  test('that somebody gave up is a page that says what to do', async () => {
    expect((await signInBy({})).page).toBe(INVALID)
  })

  test('in another browser than the one that asked opens nothing', async () => {
    const { subject } = givenSubject(['ops'])
    const attacker = newBrowser()
    const answer = await attacker.signInAt(await ask({ browser: attacker }), { person: subject })
    const victim = newBrowser()
    expect(await bring(victim, answer)).toBe(INVALID)
    await ask({ browser: victim })
    expect(await bring(victim, answer)).toBe(INVALID)
    await expectProblem(await victim.send({ path: '/api/session' }), 'session_required')
  })

  test('is accepted once', async () => {
    const { subject } = givenSubject(['ops'])
    const browser = newBrowser()
    const url = await ask({ browser })
    const question = browser.cookies.get('droplock_provider') ?? ''
    const answer = await browser.signInAt(url, { person: subject })
    expect(await bring(browser, answer)).toBe('/')
    const { pathname, search } = new URL(answer)
    const again = await world.send({
      path: `${pathname}${search}`,
      headers: { Cookie: `droplock_provider=${question}` },
    })
    expect(again.headers.get('Location')).toBe(INVALID)
    expect(again.headers.getSetCookie().join()).not.toContain('droplock_session')
  })

  test.each(['x', 'x'.repeat(300), ''])(
    'with a question that is none of ours (%#) opens nothing',
    async (question) => {
      const headers = { Cookie: `droplock_provider=${question}` }
      const response = await world.send({ path: '/api/session/provider/callback?code=x&state=y', headers })
      expect(response.headers.get('Location')).toBe(INVALID)
    },
  )

  test('is asked for by PKCE, state and nonce, which differ each time and are readable by nobody', async () => {
    const urls = [await ask({ browser: newBrowser() }), await ask({ browser: newBrowser() })]
    const [one, two] = urls.map((url) => Object.fromEntries(new URL(url).searchParams))
    expect(one).toMatchObject({
      code_challenge_method: 'S256',
      response_type: 'code',
      scope: 'openid email profile',
    })
    for (const each of ['state', 'nonce', 'code_challenge']) expect(one?.[each]).not.toBe(two?.[each])
    const response = await world.send({
      method: 'POST',
      path: '/api/session/provider',
      body: { window: false },
    })
    const { url } = await expectBody(response, 200, ProviderQuestion)
    const cookie = response.headers.get('Set-Cookie') ?? ''
    expect(cookie).toMatch(/^droplock_provider=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(cookie).not.toContain(new URL(url).searchParams.get('state'))
  })
})

const openApp = (env: Readonly<Record<string, string>>) =>
  createTestApp(world.ctx, { publicOrigin: ORIGIN }, false, undefined, { provider: openBy(env) })

describe('a provider that does not work', () => {
  test('at all is a problem on the sign-in page, without details, and is asked again by the next person', async () => {
    const { send } = openApp({ ...providers().env, DROPLOCK_OIDC_ISSUER: 'http://127.0.0.1:1' })
    const body = { window: false }
    for (const attempt of [1, 2]) {
      const response = await send({ method: 'POST', path: '/api/session/provider', body })
      const problem = await expectProblem(response, 'identity_provider_unavailable')
      expect(`${attempt} ${JSON.stringify(problem)}`).not.toContain('127.0.0.1')
    }
  })

  test('with our client secret is a page that says so', async () => {
    const { send } = openApp({ ...providers().env, DROPLOCK_OIDC_CLIENT_SECRET: 'a wrong one' })
    const { subject } = givenSubject(['ops'])
    const { page } = await signInBy({ person: subject }, openProviderBrowser(send))
    expect(page).toBe('/login?problem=identity_provider_unavailable')
  })
})

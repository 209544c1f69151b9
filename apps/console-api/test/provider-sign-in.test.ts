import { ProviderQuestion, SignInMeans } from '@droplock/contracts/console/provider-sign-in'
import { NewSecondFactor } from '@droplock/contracts/console/second-factor'
import { Session } from '@droplock/contracts/console/session'
import { createLogger } from '@droplock/observability/logger'
import { totpCode, totpSecretOf } from '@droplock/passwords/totp'
import { freeFailures, type Role } from '@droplock/rules/staff'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { openIdentityProvider } from '../src/identity-provider/identity-provider.ts'
import { providerOf } from '../src/identity-provider/settings.ts'
import { createTestApp } from './support/app.ts'
import { type StandIn, startIdentityProvider } from './support/identity-provider.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { type AtProvider, type Browser, openProviderBrowser } from './support/provider-browser.ts'
import { givenPerson, givenStaff, password, useWorld } from './support/world.ts'

// Against a real OpenID provider on loopback.

const ORIGIN = 'http://console.test'
const logger = createLogger({ app: 'console-api', level: 'silent', pretty: false })

let standIn: StandIn | undefined
const providers = () => {
  if (standIn === undefined) throw new Error('the provider is started with the world')
  return standIn
}

/** The provider of these settings, as the app opens it. */
function openBy(env: Readonly<Record<string, string>>) {
  const needed = {
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    PUBLIC_ORIGIN: ORIGIN,
    DROPLOCK_PUBLICATION: 'at_once',
    DROPLOCK_STAFF_SECRET_KEY: 'a key of tests that everybody may know',
  }
  const settings = providerOf(readConfig({ ...needed, ...env }), ORIGIN)
  if (settings === undefined) throw new Error('the settings have a provider')
  return openIdentityProvider(settings, logger)
}

const world = useWorld({ publicOrigin: ORIGIN }, async () => {
  standIn = await startIdentityProvider(`${ORIGIN}/api/session/provider/callback`)
  return { provider: openBy(standIn.env) }
})
afterAll(() => standIn?.[Symbol.asyncDispose]())

let subjects = 0
/** A person at the provider whom the console may not know yet. */
function givenSubject(groups: readonly string[], also: { email?: string; email_verified?: boolean } = {}) {
  const subject = `subject-${(subjects += 1)}`
  const person = { email: `${subject}@example.test`, name: `Name of ${subject}`, groups, ...also }
  providers().people.set(subject, person)
  return { subject, ...person }
}

type Asked = { readonly browser: Browser; readonly path?: string; readonly window?: boolean }

async function ask({ browser, path = '/api/session/provider', window = false }: Asked): Promise<string> {
  const response = await browser.send({ method: 'POST', path, body: { window } })
  return (await expectBody(response, 200, ProviderQuestion)).url
}

/** The provider's answer at the console: where it sends the browser. */
async function bring(browser: Browser, answer: string): Promise<string> {
  const { pathname, search } = new URL(answer)
  const response = await browser.send({ path: `${pathname}${search}` }, true)
  expect(response.status).toBe(303)
  return response.headers.get('Location') ?? ''
}

const newBrowser = () => openProviderBrowser((each) => world.send(each))

/** A whole sign-in in a fresh browser, or in this one. Returns the page on which it ends. */
async function signInBy(how: AtProvider, browser = newBrowser()) {
  const page = await bring(browser, await browser.signInAt(await ask({ browser }), how))
  const session = async () => expectBody(await browser.send({ path: '/api/session' }), 200, Session)
  return { browser, page, session }
}

const personOf = async (email: string) =>
  world.ctx.db.selectFrom('staff_account').selectAll().where('email', '=', email).executeTakeFirst()

async function actionsOf(id: string) {
  const rows = await world.ctx.db
    .selectFrom('audit_entry')
    .select('action')
    .where('subject_id', '=', id)
    .orderBy('seq')
    .execute()
  return rows.map(({ action }) => action)
}

const setRoles = (email: string, roles: readonly Role[]) =>
  world.ctx.db
    .updateTable('staff_account')
    .set({ roles: [...roles] })
    .where('email', '=', email)
    .execute()

test('the sign-in page is told the name of the provider, and that there is none where there is none', async () => {
  const here = await world.send({ path: '/api/session/means' })
  expect(await expectBody(here, 200, SignInMeans)).toEqual({ provider: { name: 'Company SSO' } })
  const { send } = createTestApp(world.ctx)
  expect(await expectBody(await send({ path: '/api/session/means' }), 200, SignInMeans)).toEqual({})
  const asked = await send({ method: 'POST', path: '/api/session/provider', body: { window: false } })
  await expectProblem(asked, 'identity_provider_unavailable')
})

describe('a person whom the console does not know', () => {
  test('is added with the roles of their groups, and signed in', async () => {
    const { subject, email, name } = givenSubject(['money', 'unknown group'])
    const { page, session } = await signInBy({ person: subject })
    expect(page).toBe('/')
    const { staff, proof } = await session()
    expect(staff).toMatchObject({ email, name, roles: ['finance', 'finance_approver'] })
    expect(proof).toEqual({ password: false, code: false, provider: true })
    expect(await actionsOf(staff.id)).toEqual(['staff.added', 'staff.signed_in'])
  })

  test.each([
    ['no group that has a role', ['unknown group'], {}, 'identity_without_role'],
    ['a group named like the role admin', ['admin', '__proto__', 'toString'], {}, 'identity_without_role'],
    ['an address that is not verified', ['ops'], { email_verified: false }, 'identity_without_address'],
  ])('and who has %s gets no account', async (_, groups, also, code) => {
    const { subject, email } = givenSubject(groups, also)
    const { page, browser } = await signInBy({ person: subject })
    expect(page).toBe(`/login?problem=${code}`)
    expect(await personOf(email)).toBeUndefined()
    await expectProblem(await browser.send({ path: '/api/session' }), 'session_required')
  })
})

describe('a person with an account', () => {
  test('of the same address is connected to it once, and has the roles of their groups from then on', async () => {
    const { id, email } = await givenStaff(world.ctx, 'viewer')
    const { subject } = givenSubject(['ops'], { email: email.toUpperCase() })
    const { session } = await signInBy({ person: subject })
    expect((await session()).staff).toMatchObject({ id, roles: ['operator'] })
    expect(await actionsOf(id)).toEqual([
      'staff.added',
      'staff.identity_linked',
      'staff.roles_followed',
      'staff.signed_in',
    ])
    // The address names nobody else any more.
    const other = givenSubject(['ops'], { email })
    expect((await signInBy({ person: other.subject })).page).toBe('/login?problem=identity_address_taken')
  })

  test('who is an admin is not taken over by an address', async () => {
    const { email } = await givenStaff(world.ctx, 'admin')
    const { subject } = givenSubject(['ops'], { email })
    expect((await signInBy({ person: subject })).page).toBe('/login?problem=identity_address_taken')
    expect((await personOf(email))?.roles).toEqual(['admin'])
  })

  test('keeps an admin role that a person gave, and nothing else that a group no longer gives', async () => {
    const { subject, email } = givenSubject(['ops'])
    await signInBy({ person: subject })
    await setRoles(email, ['operator', 'finance', 'admin'])
    const { session } = await signInBy({ person: subject })
    expect((await session()).staff.roles).toEqual(['operator', 'admin'])
    providers().people.set(subject, { email, name: 'Anna', groups: [] })
    expect((await (await signInBy({ person: subject })).session()).staff.roles).toEqual(['admin'])
  })

  test('whose groups have no role any more is refused, and their open sessions end', async () => {
    const { subject, email } = givenSubject(['ops'])
    const { browser } = await signInBy({ person: subject })
    providers().people.set(subject, { email, name: 'Anna', groups: ['former'] })
    expect((await signInBy({ person: subject })).page).toBe('/login?problem=identity_without_role')
    await expectProblem(await browser.send({ path: '/api/session' }), 'session_required')
  })

  test('that is disabled stays out', async () => {
    const { subject, email } = givenSubject(['ops'])
    await signInBy({ person: subject })
    await world.ctx.db
      .updateTable('staff_account')
      .set({ disabled_at: new Date() })
      .where('email', '=', email)
      .execute()
    const { page, browser } = await signInBy({ person: subject })
    expect(page).toBe('/login?problem=identity_disabled')
    await expectProblem(await browser.send({ path: '/api/session' }), 'session_required')
  })

  test('has no password that signs in, and a wrong one is answered as everybody’s', async () => {
    const { subject, email } = givenSubject(['ops'])
    await signInBy({ person: subject })
    const body = { email, password }
    await expectProblem(
      await world.send({ method: 'POST', path: '/api/session', body }),
      'invalid_credentials',
    )
  })
})

describe('a second factor', () => {
  /** Sets one up in the session, and returns its secret. */
  async function enrol(browser: Browser, csrf: string): Promise<Uint8Array> {
    const change = async (path: string, body?: object) =>
      browser.send({
        method: 'POST',
        path,
        headers: { 'X-CSRF-Token': csrf },
        ...(body === undefined ? {} : { body }),
      })
    const begun = await expectBody(await change('/api/me/second-factor'), 201, NewSecondFactor)
    const secret = totpSecretOf(begun.key)
    const confirmed = await change('/api/me/second-factor/confirm', { code: totpCode(secret, new Date()) })
    expect(confirmed.status).toBe(200)
    return secret
  }

  test('that the provider proved is one for us, also where a role requires it', async () => {
    const { subject, email } = givenSubject(['ops'])
    const { send } = createTestApp(
      world.ctx,
      { access: { proofSeconds: 600, secondFactorRoles: ['operator'] } },
      false,
      undefined,
      { provider: openBy(providers().env) },
    )
    const strict = (how: AtProvider) => signInBy(how, openProviderBrowser(send))
    const one = await strict({ person: subject })
    expect(await one.session()).toMatchObject({ must_enrol: true })
    const two = await strict({ person: subject, factors: 2 })
    expect(await two.session()).toMatchObject({ must_enrol: false, staff: { email } })
  })

  test('of ours is asked for where the provider proved one factor, and not where it proved two', async () => {
    const { subject } = givenSubject(['ops'])
    const { browser, session } = await signInBy({ person: subject })
    const secret = await enrol(browser, (await session()).csrf_token)
    const again = await signInBy({ person: subject })
    expect(again.page).toBe('/login?step=code')
    await expectProblem(await again.browser.send({ path: '/api/session' }), 'session_required')
    const code = totpCode(secret, new Date(Date.now() + 30_000))
    const completed = await again.browser.send({ method: 'POST', path: '/api/session/code', body: { code } })
    expect(completed.status).toBe(200)
    expect((await signInBy({ person: subject, factors: 2 })).page).toBe('/')
  })
})

describe('a proof of identity', () => {
  const makeOld = (email: string) =>
    world.ctx.db
      .updateTable('staff_session')
      .from('staff_account')
      .set({ proven_at: new Date(Date.now() - 86_400_000) })
      .whereRef('staff_account.id', '=', 'staff_session.staff_id')
      .where('email', '=', email)
      .execute()

  async function givenOld() {
    const { subject, email } = givenSubject(['money'])
    const { browser, session } = await signInBy({ person: subject })
    await makeOld(email)
    const headers = { 'X-CSRF-Token': (await session()).csrf_token }
    /** A change that needs a proof, and the proof. */
    const change = () => browser.send({ method: 'POST', path: '/api/me/second-factor', headers })
    const askAnew = async () => {
      const path = '/api/session/provider/proof'
      const asked = await browser.send({ method: 'POST', path, headers, body: { window: true } })
      return (await expectBody(asked, 200, ProviderQuestion)).url
    }
    return { browser, subject, change, askAnew }
  }

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
    expect(cookie).toMatch(/^droplock_provider=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(cookie).not.toContain(new URL(url).searchParams.get('state'))
  })
})

describe('a provider that does not work', () => {
  const openApp = (env: Readonly<Record<string, string>>) =>
    createTestApp(world.ctx, { publicOrigin: ORIGIN }, false, undefined, { provider: openBy(env) })

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

test('strangers who guess passwords for an address delay no sign-in at the provider', async () => {
  const { subject, email } = givenSubject(['ops'])
  await signInBy({ person: subject })
  for (let failure = 0; failure <= freeFailures.address; failure += 1) {
    const body = { email, password: 'wrong' }
    const source = `203.0.113.${failure}`
    await expectProblem(
      await world.send({ method: 'POST', path: '/api/session', body, source }),
      'invalid_credentials',
    )
  }
  expect((await signInBy({ person: subject })).page).toBe('/')
})

test('a device that is known stays known, and is not added with each sign-in', async () => {
  const { subject, email } = givenSubject(['ops'])
  const { browser } = await signInBy({ person: subject })
  const device = browser.cookies.get('droplock_device')
  await signInBy({ person: subject }, browser)
  expect(browser.cookies.get('droplock_device')).toBe(device)
  const person = await personOf(email)
  const devices = await world.ctx.db
    .selectFrom('staff_device')
    .select('id')
    .where('staff_id', '=', person?.id ?? '')
    .execute()
  expect(devices).toHaveLength(1)
})

test('a person with a password proves their identity with it, not at the provider', async () => {
  const { send } = await givenPerson(world, 'operator')
  const session = await expectBody(await send({ path: '/api/session' }), 200, Session)
  expect(session.proof).toEqual({ password: true, code: false, provider: false })
})

import { SignInMeans } from '@droplock/contracts/console/provider-sign-in'
import { NewSecondFactor } from '@droplock/contracts/console/second-factor'
import { Session } from '@droplock/contracts/console/session'
import { totpCode, totpSecretOf } from '@droplock/passwords/totp'
import { freeFailures, type Role } from '@droplock/rules/staff'
import { describe, expect, test } from 'vitest'
import { createTestApp } from './support/app.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { type AtProvider, type Browser, openProviderBrowser } from './support/provider-browser.ts'
import { givenSubject, openBy, providers, signInBy, world } from './support/provider-world.ts'
import { givenPerson, givenStaff, password } from './support/world.ts'

// Against a real OpenID provider on loopback.

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

test('the sign-in page gets the name of the provider, and nothing where there is none', async () => {
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

/** Sets up a second factor in the session, and returns its secret. */
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

describe('a second factor', () => {
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

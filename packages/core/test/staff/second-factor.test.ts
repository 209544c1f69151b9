import { DEVICE_FAILURES_MAX, freeFailures, RECOVERY_CODES, usualAccess } from '@droplock/rules/staff'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { requirePermission } from '../../src/context.ts'
import { removeOwnSecondFactor, renewRecoveryCodes } from '../../src/staff/second-factor/manage.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import {
  actorOf,
  givenAnn,
  givenSecondFactor,
  makePhone,
  sessionOf,
  signInBoth,
  typeCode,
  typePassword,
} from '../support/sign-in.ts'
import { contextOf } from '../support/world.ts'

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { readonly code?: string }) => error.code,
  )

test('a person with a second factor signs in with password and code, and the password alone opens nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    await givenSecondFactor(await sessionOf(ctx, { token: 'first' }), phone)
    expect(await typePassword(ctx)).toMatchObject({ kind: 'code_needed' })
    expect(await actorOf(ctx)).toBeUndefined()
    phone.wait()
    expect(await typeCode(ctx, phone, phone.code())).toMatchObject({ kind: 'signed_in' })
    expect(await actorOf(ctx)).toMatchObject({ standing: 'proven' })
  }))

test('a code is accepted once, and none before it afterwards', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    await givenSecondFactor(await sessionOf(ctx, { token: 'first' }), phone)
    // The code that confirmed it is used, too.
    expect(await codeOf(signInBoth(ctx, phone, phone.code()))).toBe('invalid_code')
    phone.wait()
    expect(await codeOf(signInBoth(ctx, phone, phone.code(), { token: 'a' }))).toBe('done')
    expect(await codeOf(signInBoth(ctx, phone, phone.code(), { token: 'b' }))).toBe('invalid_code')
    expect(await codeOf(signInBoth(ctx, phone, phone.earlier(), { token: 'c' }))).toBe('invalid_code')
  }))

test('of two sign-ins with one code at once, one opens a session', async () => {
  const clone = await cloneDatabase()
  try {
    const ctx = contextOf(clone.db)
    await givenAnn(ctx)
    const phone = makePhone()
    await givenSecondFactor(await sessionOf(ctx, { token: 'first' }), phone)
    phone.wait()
    const tokens = ['a', 'b', 'c', 'd']
    for (const token of tokens) await typePassword(ctx, { token })
    const results = await Promise.all(
      tokens.map((token) => codeOf(typeCode(ctx, phone, phone.code(), { token }))),
    )
    expect(results.toSorted()).toEqual(['done', 'invalid_code', 'invalid_code', 'invalid_code'])
  } finally {
    await clone.drop()
  }
})

test('a challenge opens one session, and none after five minutes', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    await givenSecondFactor(await sessionOf(ctx, { token: 'first' }), phone)
    phone.wait()
    await signInBoth(ctx, phone, phone.code())
    phone.wait()
    expect(await codeOf(typeCode(ctx, phone, phone.code()))).toBe('challenge_expired')
    await typePassword(ctx)
    await sql`update staff_challenge set created_at = created_at - interval '5 minutes', expires_at = expires_at - interval '5 minutes'`.execute(
      tx,
    )
    expect(await codeOf(typeCode(ctx, phone, phone.code()))).toBe('challenge_expired')
  }))

test('each of ten recovery codes opens one session, however it is typed, and new ones replace them', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    const session = await sessionOf(ctx, { token: 'first' })
    const codes = await givenSecondFactor(session, phone)
    expect(new Set(codes).size).toBe(RECOVERY_CODES)
    const [first = '', second = '', third = ''] = codes
    expect(await codeOf(signInBoth(ctx, phone, first.toLowerCase().replaceAll('-', ' ')))).toBe('done')
    expect(await codeOf(signInBoth(ctx, phone, first, { token: 'b' }))).toBe('invalid_code')
    expect(await codeOf(signInBoth(ctx, phone, second, { token: 'c' }))).toBe('done')
    await renewRecoveryCodes(session)
    expect(await codeOf(signInBoth(ctx, phone, third, { token: 'd' }))).toBe('invalid_code')
  }))

test('the database has no secret and no code', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const codes = await givenSecondFactor(await sessionOf(ctx), makePhone())
    const { rows } = await sql<{ readonly text: string }>`
      select encode(secret, 'escape') || (select string_agg(encode(code_sha256, 'escape'), '') from staff_recovery_code)
        || (select coalesce(string_agg(after::text, ''), '') from audit_entry) as text from staff_totp`.execute(
      tx,
    )
    const stored = rows[0]?.text ?? ''
    expect(stored).not.toContain('the secret of the phone')
    for (const code of codes) expect(stored).not.toContain(code.replaceAll('-', ''))
    expect(stored.length).toBeGreaterThan(100)
  }))

test('wrong codes pause the address for unknown devices as wrong passwords do, and never a known device', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    await givenSecondFactor(await sessionOf(ctx, { token: 'first' }), phone)
    phone.wait()
    // Somebody who knows the password guesses codes from everywhere.
    for (let guess = 1; guess <= freeFailures.address; guess += 1) {
      const from = { source: `198.51.100.${guess}`, token: `guess ${guess}` }
      expect(await codeOf(signInBoth(ctx, phone, phone.wrong(), from))).toBe('invalid_code')
    }
    const stranger = { source: '203.0.113.1', token: 'stranger' }
    expect(await codeOf(typePassword(ctx, stranger))).toBe('invalid_credentials')
    const known = { device: 'device of first', token: 'mine' }
    expect(await codeOf(signInBoth(ctx, phone, phone.code(), known))).toBe('done')
  }))

test('a right password before a wrong code does not reset the failures of a known device', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    await givenSecondFactor(await sessionOf(ctx, { token: 'first' }), phone)
    const known = { device: 'device of first' }
    for (let guess = 0; guess < DEVICE_FAILURES_MAX; guess += 1) {
      expect(await codeOf(signInBoth(ctx, phone, phone.wrong(), { ...known, token: `t${guess}` }))).toBe(
        'invalid_code',
      )
    }
    const { rows } = await sql<{ readonly failures: number }>`
      select failures from staff_device where token_sha256 = 'device of first'`.execute(tx)
    expect(rows[0]?.failures).toBe(DEVICE_FAILURES_MAX)
  }))

test('setting up a second factor ends the other sessions, and needs a recent proof', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const phone = makePhone()
    await sessionOf(ctx, { token: 'other' })
    const session = await sessionOf(ctx)
    const stale = { ...session, actor: { ...session.actor, standing: 'signed_in' } as const }
    expect(await codeOf(givenSecondFactor(stale, phone))).toBe('step_up_required')
    await givenSecondFactor(session, phone)
    expect(await actorOf(ctx, 'other')).toBeUndefined()
    expect(await actorOf(ctx)).toBeDefined()
    phone.wait()
    expect(await codeOf(removeOwnSecondFactor(stale))).toBe('step_up_required')
    expect(await codeOf(renewRecoveryCodes(stale))).toBe('step_up_required')
    await removeOwnSecondFactor(session)
    expect(await typePassword(ctx, { token: 'later' })).toMatchObject({ kind: 'signed_in' })
  }))

test('where a role requires a second factor, a session without one can set one up and do nothing else', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const policy = { ...usualAccess, secondFactorRoles: ['finance'] } as const
    const session = await sessionOf(ctx, { policy })
    expect(session.actor.mustEnrol).toBe(true)
    expect(() => requirePermission(session, 'console:read')).toThrow(
      expect.objectContaining({ code: 'second_factor_required' }),
    )
    await givenSecondFactor(session, makePhone())
    const actor = await actorOf(ctx, 'token', policy)
    expect(actor?.mustEnrol).toBeUndefined()
    const enrolled = { ...session, actor: actor ?? session.actor }
    expect(() => requirePermission(enrolled, 'console:read')).not.toThrow()
  }))

import { FREE_FAILURES_MAX } from '@droplock/rules/staff/lock-out'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Context } from '../../src/context.ts'
import { addStaff } from '../../src/staff/add.ts'
import { authenticateSession } from '../../src/staff/authenticate.ts'
import { signIn } from '../../src/staff/sign-in.ts'
import { signOut } from '../../src/staff/sign-out.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenStaff } from '../support/world.ts'

const EMAIL = 'ann@example.test'
const PASSWORD = 'right'

function givenAnn(ctx: Context) {
  return addStaff(ctx, {
    email: EMAIL,
    name: 'Ann',
    roles: ['operator'],
    passwordHash: `hash of ${PASSWORD}`,
  })
}

/** A stand-in for Argon2id: what matters here is when and with what it is asked. */
const verify = async (hash: string, password: string) => hash === `hash of ${password}`

function attempt(
  changes: { email?: string; password?: string; token?: string; verify?: typeof verify } = {},
) {
  const { email = EMAIL, password = PASSWORD, token = 'token' } = changes
  return {
    email,
    password,
    verify: changes.verify ?? verify,
    decoyHash: 'hash of nothing',
    tokenSha256: Buffer.from(token),
    csrfSha256: Buffer.from('csrf'),
  }
}

const authenticate = (ctx: Context, token = 'token') => authenticateSession(ctx, Buffer.from(token))
const wrong = (ctx: Context) => signIn(ctx, attempt({ password: 'wrong' })).catch((error: unknown) => error)

test('the right password opens a session that knows the person and their roles, however the address is typed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const { actor, expiresAt } = await signIn(ctx, attempt({ email: 'Ann@Example.test' }))
    expect(actor).toMatchObject({ kind: 'staff', email: EMAIL, name: 'Ann', roles: ['operator'] })
    expect(await authenticate(ctx)).toEqual({ actor, csrfSha256: Buffer.from('csrf'), expiresAt })
  }))

test('a wrong password, an unknown address and a disabled account are told alike, and a hash is verified each time', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const asked: string[] = []
    const noting = (hash: string, password: string) => {
      asked.push(hash)
      return verify(hash, password)
    }
    const wrongOnes = [{ password: 'wrong' }, { email: 'nobody@example.test' }]
    for (const each of wrongOnes) {
      const refused = { code: 'invalid_credentials', message: 'Address or password is wrong.' }
      await expect(signIn(ctx, attempt({ ...each, verify: noting }))).rejects.toMatchObject(refused)
    }
    await sql`update staff_account set disabled_at = clock_timestamp()`.execute(tx)
    await expect(signIn(ctx, attempt({ verify: noting }))).rejects.toMatchObject({
      code: 'invalid_credentials',
    })
    expect(asked).toEqual([`hash of ${PASSWORD}`, 'hash of nothing', 'hash of nothing'])
  }))

test('a decoy that the password happens to fit opens nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const unknown = attempt({ email: 'nobody@example.test', password: 'nothing' })
    await expect(signIn(ctx, unknown)).rejects.toMatchObject({ code: 'invalid_credentials' })
  }))

test('after five wrong passwords even the right one has to wait, and its turn takes the failures back', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    for (let failures = 1; failures <= FREE_FAILURES_MAX; failures += 1) {
      expect(await wrong(ctx)).toMatchObject({ code: 'invalid_credentials' })
    }
    const locked = { code: 'sign_in_locked', facts: { retry_at: expect.any(String) } }
    await expect(signIn(ctx, attempt())).rejects.toMatchObject(locked)

    await sql`update staff_account set locked_until = clock_timestamp()`.execute(tx)
    await signIn(ctx, attempt())
    expect(await wrong(ctx)).toMatchObject({ code: 'invalid_credentials' })
    await expect(signIn(ctx, attempt({ token: 'another' }))).resolves.toBeDefined()
  }))

test('of 100 guesses sent at once, no more are verified than one after the other', async () => {
  const clone = await cloneDatabase({ connectionsMax: 20 })
  try {
    const ctx = contextOf(clone.db)
    await givenAnn(ctx)
    let verified = 0
    const counting = async () => {
      verified += 1
      return false
    }
    const guesses = Array.from({ length: 100 }, () =>
      signIn(ctx, attempt({ password: 'wrong', verify: counting })).catch((error: unknown) => error),
    )
    const codes = (await Promise.all(guesses)).map((error) => (error as { code: string }).code)
    expect(verified).toBe(FREE_FAILURES_MAX)
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(FREE_FAILURES_MAX)
    expect(codes.filter((code) => code === 'sign_in_locked')).toHaveLength(100 - FREE_FAILURES_MAX)
  } finally {
    await clone.drop()
  }
})

const endings: readonly [string, string][] = [
  ['idle too long', 'update staff_session set idle_expires_at = clock_timestamp()'],
  [
    'at its end',
    'update staff_session set idle_expires_at = clock_timestamp(), expires_at = clock_timestamp()',
  ],
  ['of a disabled account', 'update staff_account set disabled_at = clock_timestamp()'],
]
for (const [ending, statement] of endings) {
  test(`a session ${ending} opens nothing`, () =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenAnn(ctx)
      await signIn(ctx, attempt())
      await sql.raw(statement).execute(tx)
      expect(await authenticate(ctx)).toBeUndefined()
    }))
}

test('signing out ends this session at once, and no other of the same person', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const { actor } = await signIn(ctx, attempt())
    await signIn(ctx, attempt({ token: 'another' }))
    await signOut({ ...ctx, actor })
    await signOut({ ...ctx, actor })
    expect(await authenticate(ctx)).toBeUndefined()
    expect(await authenticate(ctx, 'another')).toBeDefined()
    const actions = await tx.selectFrom('audit_entry').select('action').orderBy('seq').execute()
    expect(actions.map(({ action }) => action)).toEqual([
      'staff.added',
      'staff.signed_in',
      'staff.signed_in',
      'staff.signed_out',
    ])
  }))

test('use moves the idle expiry on, never past the end of the session', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    await signIn(ctx, attempt())
    const read = () =>
      tx.selectFrom('staff_session').select(['idle_expires_at', 'expires_at']).executeTakeFirstOrThrow()
    await sql`update staff_session set seen_at = seen_at - interval '2 minutes',
      idle_expires_at = clock_timestamp() + interval '1 minute'`.execute(tx)
    const before = await read()
    await authenticate(ctx)
    expect((await read()).idle_expires_at.getTime()).toBeGreaterThan(before.idle_expires_at.getTime())

    await sql`update staff_session set seen_at = seen_at - interval '2 minutes',
      idle_expires_at = clock_timestamp() + interval '1 minute',
      expires_at = clock_timestamp() + interval '2 minutes'`.execute(tx)
    await authenticate(ctx)
    const after = await read()
    expect(after.idle_expires_at).toEqual(after.expires_at)
  }))

test('roles are those of now, not of the sign-in', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    await signIn(ctx, attempt())
    await sql`update staff_account set roles = '{viewer}'`.execute(tx)
    expect((await authenticate(ctx))?.actor.roles).toEqual(['viewer'])
  }))

test('people are added by an admin, once for an address', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const bob = { email: 'bob@example.test', name: 'Bob', roles: ['viewer'], passwordHash: 'x' } as const
    const { actor: operator } = await givenStaff(ctx, 'operator')
    await expect(addStaff(ctx, { ...bob, by: operator })).rejects.toMatchObject({ code: 'forbidden' })
    const { actor: admin } = await givenStaff(ctx, 'admin')
    await addStaff(ctx, { ...bob, by: admin })
    await expect(addStaff(ctx, { ...bob, by: admin })).rejects.toMatchObject({ code: 'staff_exists' })
  }))

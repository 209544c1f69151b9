import { DEVICE_FAILURES_MAX, DEVICES_MAX, freeFailures, usualAccess } from '@droplock/rules/staff'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { addStaff } from '../../src/staff/administer.ts'
import { authenticateSession } from '../../src/staff/authenticate.ts'
import { forgetDevices, isKnownDevice } from '../../src/staff/devices.ts'
import { signIn as begin, type SignIn } from '../../src/staff/sign-in.ts'
import { signOut } from '../../src/staff/sign-out.ts'
import { cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { contextOf, givenStaff } from '../support/world.ts'

const EMAIL = 'ann@example.test'
const PASSWORD = 'right'

/** Signs in a person without a second factor. */
async function signIn(ctx: Context, given: SignIn) {
  const begun = await begin(ctx, given)
  if (begun.kind === 'code_needed') throw new Error('a code is needed')
  return begun
}

function givenAnn(ctx: Context) {
  return addStaff(asService(ctx), {
    email: EMAIL,
    name: 'Ann',
    roles: ['operator'],
    passwordHash: `hash of ${PASSWORD}`,
  })
}

/** A stand-in for Argon2id: what matters here is when and with what it is asked. */
const verify = async (hash: string, password: string) => hash === `hash of ${password}`

type Changes = Partial<Pick<SignIn, 'email' | 'password' | 'source' | 'verify'>> & {
  readonly token?: string
  /** The token of the browser's device cookie. */
  readonly device?: string
  /** What the device is given when it is a new one. */
  readonly newDevice?: string
}

function attempt({ token = 'token', device, newDevice = token, ...changes }: Changes = {}): SignIn {
  return {
    email: EMAIL,
    password: PASSWORD,
    source: '192.0.2.1',
    verify,
    ...changes,
    deviceSha256: device === undefined ? undefined : Buffer.from(device),
    decoyHash: 'hash of nothing',
    tokenSha256: Buffer.from(token),
    csrfSha256: Buffer.from('csrf'),
    newDeviceSha256: Buffer.from(newDevice),
    challengeSha256: Buffer.from(token),
    userAgent: 'Firefox',
    policy: usualAccess,
  }
}

const authenticate = (ctx: Context, token = 'token') =>
  authenticateSession(ctx, Buffer.from(token), usualAccess)
const refusalOf = (signingIn: Promise<unknown>) => signingIn.catch((error: unknown) => error)
const wrong = (ctx: Context, changes: Changes = {}) =>
  refusalOf(signIn(ctx, attempt({ password: 'wrong', ...changes })))

/** Strangers' guesses, each from somewhere else, as many as pause an address. */
async function guess(ctx: Context, email = EMAIL): Promise<void> {
  for (let failures = 1; failures <= freeFailures.address; failures += 1) {
    expect(await wrong(ctx, { email, source: `198.51.100.${failures}` })).toEqual(invalid)
  }
}

const invalid = expect.objectContaining({
  code: 'invalid_credentials',
  message: expect.stringContaining('wrong, or there were too many attempts'),
  facts: {},
})

test('the right password opens a session that knows the person and their roles, however the address is typed', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const { actor, expiresAt } = await signIn(ctx, attempt({ email: 'Ann@Example.test' }))
    expect(actor).toMatchObject({ kind: 'staff', email: EMAIL, name: 'Ann', roles: ['operator'] })
    expect(await authenticate(ctx)).toEqual({ actor, csrfSha256: Buffer.from('csrf'), expiresAt })
  }))

test('a wrong password, an unknown address and a disabled account get the same answer, and a hash is verified each time', () =>
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
      await expect(signIn(ctx, attempt({ ...each, verify: noting }))).rejects.toEqual(invalid)
    }
    await sql`update staff_account set disabled_at = clock_timestamp()`.execute(tx)
    await expect(signIn(ctx, attempt({ verify: noting }))).rejects.toMatchObject({
      code: 'invalid_credentials',
    })
    expect(asked).toEqual([`hash of ${PASSWORD}`, 'hash of nothing', 'hash of nothing'])
  }))

test('a password that matches the decoy hash opens nothing', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const unknown = attempt({ email: 'nobody@example.test', password: 'nothing' })
    await expect(signIn(ctx, unknown)).rejects.toMatchObject({ code: 'invalid_credentials' })
  }))

test.each([EMAIL, 'nobody@example.test'])(
  'after five wrong passwords %s is paused for strangers, which looks and takes like a wrong password',
  (email) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenAnn(ctx)
      await guess(ctx, email)
      const asked: string[] = []
      const noting: typeof verify = (hash, password) => {
        asked.push(hash)
        return verify(hash, password)
      }
      await expect(signIn(ctx, attempt({ email, verify: noting }))).rejects.toEqual(invalid)
      expect(asked).toEqual(['hash of nothing'])

      await sql`update sign_in_count set paused_until = date_trunc('milliseconds', clock_timestamp())`.execute(
        tx,
      )
      const again = refusalOf(signIn(ctx, attempt({ email })))
      if (email === EMAIL) expect(await again).toMatchObject({ deviceWasKnown: false })
      else expect(await again).toEqual(invalid)
    }),
)

test('guesses from elsewhere do not keep a person out of a device on which they signed in before', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    await signIn(ctx, attempt({ newDevice: "Ann's laptop" }))
    await guess(ctx)
    await expect(signIn(ctx, attempt({ token: 'stranger' }))).rejects.toEqual(invalid)
    for (let day = 1; day <= 3; day += 1) {
      const signedIn = await signIn(ctx, attempt({ token: `day ${day}`, device: "Ann's laptop" }))
      expect(signedIn.deviceWasKnown).toBe(true)
    }
    // Nor does it end the strangers' pause.
    await expect(signIn(ctx, attempt({ token: 'stranger' }))).rejects.toEqual(invalid)
  }))

test('a source that failed twenty times is paused, whatever the address, and others are not', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    await signIn(ctx, attempt({ newDevice: "Ann's laptop" }))
    for (let failures = 1; failures <= freeFailures.source; failures += 1) {
      await wrong(ctx, { email: `nobody-${failures}@example.test` })
    }
    const locked = { code: 'sign_in_locked', facts: { retry_at: expect.any(String) } }
    for (const email of [EMAIL, 'nobody@example.test']) {
      expect(await refusalOf(signIn(ctx, attempt({ email })))).toMatchObject(locked)
    }
    await signIn(ctx, attempt({ token: 'elsewhere', source: '192.0.2.2' }))
    // The same office, but a device that is known.
    await signIn(ctx, attempt({ token: 'here', device: "Ann's laptop" }))
  }))

test("a success takes back its own attempt and nobody else's failures", () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    for (let failures = 1; failures < freeFailures.address; failures += 1) await wrong(ctx)
    const counts = () => tx.selectFrom('sign_in_count').select(['failures', 'paused_until']).execute()
    for (const token of ['one', 'two', 'three']) await signIn(ctx, attempt({ token }))
    const left = { failures: freeFailures.address - 1, paused_until: null }
    expect(await counts()).toEqual([left, left])
  }))

test("a known device is a stranger's after ten wrong passwords, and for anybody else", () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const bob = { email: 'bob@example.test', name: 'Bob', roles: ['viewer'] } as const
    await addStaff(asService(ctx), { ...bob, passwordHash: `hash of ${PASSWORD}` })
    const device = "Ann's laptop"
    await signIn(ctx, attempt({ newDevice: device }))
    const known = (email = EMAIL) => isKnownDevice(ctx, { email, deviceSha256: Buffer.from(device) })
    expect([await known(), await known('ANN@example.test'), await known(bob.email)]).toEqual([
      true,
      true,
      false,
    ])
    const asBob = await signIn(ctx, attempt({ email: bob.email, token: 'bob', device }))
    expect(asBob.deviceWasKnown).toBe(false)

    for (let failures = 1; failures <= DEVICE_FAILURES_MAX; failures += 1) {
      expect(await wrong(ctx, { device })).toEqual(invalid)
    }
    expect(await known()).toBe(false)
    const signedIn = await signIn(ctx, attempt({ token: 'again', device }))
    expect(signedIn.deviceWasKnown).toBe(false)
  }))

test.each([
  ['a disabled account', 'update staff_account set disabled_at = clock_timestamp()'],
  [
    'ninety days ago',
    `update staff_device set used_at = used_at - interval '90 days',
    expires_at = used_at + interval '1 microsecond'`,
  ],
])('a device of %s is not known', (_, statement) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    await signIn(ctx, attempt({ newDevice: 'laptop' }))
    await sql.raw(statement).execute(tx)
    expect(await isKnownDevice(ctx, { email: EMAIL, deviceSha256: Buffer.from('laptop') })).toBe(false)
    expect(await refusalOf(signIn(ctx, attempt({ token: 'again', device: 'laptop' })))).not.toMatchObject({
      deviceWasKnown: true,
    })
  }),
)

test('a person has ten known devices, the ones used last, and can forget them all', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenAnn(ctx)
    const names = Array.from({ length: DEVICES_MAX }, (_, index) => `device ${index}`)
    for (const token of names) await signIn(ctx, attempt({ token }))
    await signIn(ctx, attempt({ token: 'renewed', device: 'device 0' }))
    const { actor } = await signIn(ctx, attempt({ token: 'one more' }))
    const known = () =>
      Promise.all(
        [...names, 'one more'].map((name) =>
          isKnownDevice(ctx, { email: EMAIL, deviceSha256: Buffer.from(name) }),
        ),
      )
    expect(await known()).toEqual([true, false, ...names.slice(2).map(() => true), true])
    await forgetDevices({ ...ctx, actor })
    expect(await known()).toEqual([...names, 'one more'].map(() => false))
    await forgetDevices({ ...ctx, actor })
    const forgotten = { action: 'staff.devices_forgotten', before: { devices: DEVICES_MAX } }
    const entries = await tx.selectFrom('audit_entry').select(['action', 'before']).orderBy('seq').execute()
    expect(entries.slice(-1)).toEqual([forgotten])
  }))

test('forgotten counts are deleted by later attempts', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    for (let each = 1; each <= 12; each += 1) {
      await wrong(ctx, { email: `nobody-${each}@example.test`, source: `192.0.2.${each}` })
    }
    await sql`update sign_in_count set counted_at = counted_at - interval '2 hours'`.execute(tx)
    for (let each = 1; each <= 3; each += 1) await wrong(ctx, { email: 'nobody@example.test', source: 'new' })
    const { rows } = await sql<{ count: bigint }>`select count(*) from sign_in_count`.execute(tx)
    expect(rows).toEqual([{ count: 2n }])
  }))

test('of 100 guesses sent at once, no more are verified than one after the other', async () => {
  const clone = await cloneDatabase({ connectionsMax: 20 })
  try {
    const ctx = contextOf(clone.db)
    await givenAnn(ctx)
    const verified: string[] = []
    const counting = async (hash: string) => {
      verified.push(hash)
      return false
    }
    const guesses = Array.from({ length: 100 }, (_, index) => {
      const source = `192.0.2.${index}`
      return refusalOf(signIn(ctx, attempt({ password: 'wrong', source, verify: counting })))
    })
    for (const refusal of await Promise.all(guesses)) expect(refusal).toEqual(invalid)
    expect(verified).toHaveLength(100)
    expect(verified.filter((hash) => hash !== 'hash of nothing')).toHaveLength(freeFailures.address)
  } finally {
    await clone.drop()
  }
})

test('of 100 guesses sent at once from one source, at as many addresses, twenty are verified', async () => {
  const clone = await cloneDatabase({ connectionsMax: 20 })
  try {
    const ctx = contextOf(clone.db)
    const guesses = Array.from({ length: 100 }, (_, index) =>
      refusalOf(signIn(ctx, attempt({ email: `nobody-${index}@example.test` }))),
    )
    const codes = (await Promise.all(guesses)).map((error) => (error as { code: string }).code)
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(freeFailures.source)
    expect(codes.filter((code) => code === 'sign_in_locked')).toHaveLength(100 - freeFailures.source)
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

test('use extends the idle expiry, never beyond the end of the session', () =>
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

test('roles are the current ones, not those at the sign-in', () =>
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
    await expect(addStaff({ ...ctx, actor: operator }, bob)).rejects.toMatchObject({ code: 'forbidden' })
    const { actor: admin } = await givenStaff(ctx, 'admin')
    await addStaff({ ...ctx, actor: admin }, bob)
    await expect(addStaff({ ...ctx, actor: admin }, bob)).rejects.toMatchObject({ code: 'staff_exists' })
  }))

import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { asService, type Context } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { acquireLease, type Lease, releaseLease, renewLease } from '../../src/leases.ts'
import { cancelPasswordChange } from '../../src/password-changes/cancel.ts'
import { requestPasswordChange } from '../../src/password-changes/request.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { contextOf, givenRegistry, REGISTRY_ACCOUNT } from '../support/world.ts'

const CATCHERS = 20
const LEASE_MS = 60_000
const ofAccount = { registryAccountId: REGISTRY_ACCOUNT }
const reason = 'it expires'

let clone: Clone
let ctx: Context

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: CATCHERS })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
})
afterEach(() => clone.drop())

const acquire = () => acquireLease(ctx, REGISTRY_ACCOUNT, ctx.newId(), LEASE_MS)
const renew = (lease: Lease) => renewLease(ctx, lease, LEASE_MS)

/** All acquire at once, each on its own connection. Returns the leases that were granted. */
async function acquireAtOnce(): Promise<readonly Lease[]> {
  const answers = await Promise.all(Array.from({ length: CATCHERS }, acquire))
  return answers.filter((lease) => lease !== undefined)
}

async function acquired(): Promise<Lease> {
  const lease = await acquire()
  if (lease === undefined) throw new Error('the lease was not to be had')
  return lease
}

/** The end of the lease is moved into the past, so that no test waits for it. */
async function expire(): Promise<void> {
  await sql`update registry_account set lease_expires_at = clock_timestamp() - interval '1 millisecond'
    where lease_owner is not null`.execute(clone.db)
}

async function endsAt(): Promise<Date | null> {
  const row = await clone.db
    .selectFrom('registry_account')
    .select('lease_expires_at')
    .executeTakeFirstOrThrow()
  return row.lease_expires_at
}

test.each([
  [
    'requests a change of the password',
    (db: Context['db']) =>
      requestPasswordChange(asService({ ...ctx, db }), { ...ofAccount, passwordName: '2027', reason }),
  ],
  [
    'cancels one',
    async (db: Context['db']) => {
      await sql`insert into password_change (id, registry_account_id, to_name, state, requested_at, requested_by)
        values (${ctx.newId()}, ${REGISTRY_ACCOUNT}, '2027', 'requested', clock_timestamp(), 'a test')`.execute(
        db,
      )
      await cancelPasswordChange(asService({ ...ctx, db }), { ...ofAccount, reason })
    },
  ],
] as const)(
  'the holder renews its lease while the transaction of an operator who %s is open',
  async (_case, change) => {
    const lease = await acquired()
    await inTransaction(clone.db, async (tx) => {
      await change(tx)
      // A bound, since a renewal that waits would keep the test waiting, too.
      const renewed = inTransaction(clone.db, (own) => renewLease({ ...ctx, db: own }, lease, LEASE_MS), {
        lockMsMax: 1_000,
      })
      expect(await renewed).toBe(true)
    })
  },
)

test(`of ${CATCHERS} catchers at once, one gets the lease`, async () => {
  expect(await acquireAtOnce()).toHaveLength(1)
  expect(await acquireAtOnce()).toHaveLength(0)
})

test(`when a lease has expired, one of ${CATCHERS} successors gets it, with a higher epoch`, async () => {
  const first = await acquired()
  await expire()
  const successors = await acquireAtOnce()
  expect(successors).toHaveLength(1)
  expect(successors[0]?.epoch).toBeGreaterThan(first.epoch)
})

test('a lease that is held is renewed, and ends later', async () => {
  const lease = await acquired()
  await sql`update registry_account set lease_expires_at = lease_expires_at - interval '1 second'`.execute(
    clone.db,
  )
  const before = await endsAt()
  expect(await renew(lease)).toBe(true)
  expect(Number(await endsAt())).toBeGreaterThan(Number(before))
})

test('an expired lease cannot be renewed, even while nobody else has acquired it', async () => {
  const lease = await acquired()
  await expire()
  expect(await renew(lease)).toBe(false)
  expect(await acquire()).toBeDefined()
})

test('a lease that was lost to a successor can neither be renewed nor released', async () => {
  const lost = await acquired()
  await expire()
  const successor = await acquired()
  expect(await renew(lost)).toBe(false)
  await releaseLease(ctx, lost)
  expect(await acquire()).toBeUndefined()
  expect(await renew(successor)).toBe(true)
})

test('an owner that has acquired a lease again can renew only the last one', async () => {
  const owner = ctx.newId()
  const former = await acquireLease(ctx, REGISTRY_ACCOUNT, owner, LEASE_MS)
  await expire()
  const present = await acquireLease(ctx, REGISTRY_ACCOUNT, owner, LEASE_MS)
  if (former === undefined || present === undefined) throw new Error('the lease was not to be had')
  expect(await renew(former)).toBe(false)
  expect(await renew(present)).toBe(true)
})

test('a released lease is acquired at once, by one', async () => {
  const first = await acquired()
  await releaseLease(ctx, first)
  const successors = await acquireAtOnce()
  expect(successors).toHaveLength(1)
  expect(successors[0]?.epoch).toBeGreaterThan(first.epoch)
})

test('of a renewal and a successor at the end of a lease, at most one gets it', async () => {
  const ROUNDS = 60
  for (let round = 0; round < ROUNDS; round += 1) {
    await expire()
    const lease = await acquired()
    // It ends within about two milliseconds, so either may come first.
    await sql`update registry_account set
      lease_expires_at = clock_timestamp() + ${round % 3} * interval '1 millisecond'`.execute(clone.db)
    const [renewed, successor] = await Promise.all([renew(lease), acquire()])
    expect(renewed && successor !== undefined).toBe(false)
  }
})

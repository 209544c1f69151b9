import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leaseRequests } from '../../src/accounts/lease-requests.ts'
import type { AccountContext } from '../../src/context.ts'
import { newId } from '../../src/new-id.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { contextOf, givenAccount } from '../support/world.ts'

let clone: Clone
let buyer: AccountContext
beforeEach(async () => {
  clone = await cloneDatabase()
  buyer = await givenAccount(contextOf(clone.db))
  await sql`update account set reads_per_minute_max = 1000, claims_per_minute_max = 7`.execute(clone.db)
})
afterEach(() => clone.drop())

async function lease(bucket: 'reads' | 'claims' = 'reads') {
  const [lot] = await leaseRequests(buyer, [{ accountId: buyer.actor.accountId, bucket }])
  return lot ?? expect.fail('nothing was leased')
}

/** The window of a lease stays that of the first, however slow the machine is. */
const keepWindow = () =>
  sql`update request_budget set window_at = window_at + interval '1 hour'`.execute(clone.db)

test('lots of many processes at once never exceed the quota, and all of it is leased', async () => {
  const first = await lease()
  await keepWindow()
  const others = await Promise.all(Array.from({ length: 200 }, () => lease()))
  const granted = [first, ...others].reduce((sum, one) => sum + one.granted, 0)
  expect(granted).toBe(1_000)
  expect(others.at(-1)).toMatchObject({ granted: 0, taken: 1_000, quota: 1_000 })
})

test('the buckets of an account are apart', async () => {
  expect(await lease('reads')).toMatchObject({ granted: 100, quota: 1_000 })
  expect(await lease('claims')).toMatchObject({ granted: 1, quota: 7 })
})

test('processes that lease for the same accounts in different orders never deadlock', async () => {
  // So many that each is read by its id, in the order that is given; fewer are read in the order of the table.
  const { rows } = await sql<{ id: string }>`
    insert into account (id, name, currency) select gen_random_uuid(), 'A reseller', 'USD' from generate_series(1, 5000)
    returning id`.execute(clone.db)
  await sql`analyze account`.execute(clone.db)
  const wanted = rows.slice(0, 20).map(({ id }) => ({ accountId: id, bucket: 'reads' as const }))
  const orders = [wanted, wanted.toReversed()]
  const leased = await Promise.all(
    Array.from({ length: 60 }, (_, index) => leaseRequests(buyer, orders[index % 2] ?? [])),
  )
  for (const lots of leased) expect(lots).toHaveLength(20)
})

test('an account that does not exist leases nothing, and those with it do', async () => {
  const wanted = [newId(), buyer.actor.accountId].map((accountId) => ({
    accountId,
    bucket: 'claims' as const,
  }))
  const lots = await leaseRequests(buyer, wanted)
  expect(lots).toMatchObject([{ accountId: buyer.actor.accountId, granted: 1 }])
})

test('the next minute begins with the whole quota', async () => {
  await lease()
  await sql`update request_budget set taken = quota, window_at = window_at - interval '1 minute'`.execute(
    clone.db,
  )
  const { granted, taken, leftMs } = await lease()
  expect([granted, taken]).toEqual([100, 100])
  expect(leftMs).toBeGreaterThan(0)
  expect(leftMs).toBeLessThanOrEqual(60_000)
})

test('a quota that is lowered within the minute leases nothing more', async () => {
  await lease()
  await keepWindow()
  await sql`update account set reads_per_minute_max = 10`.execute(clone.db)
  expect(await lease()).toMatchObject({ granted: 0 })
})

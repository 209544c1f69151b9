import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { leaseRequests } from '../../src/accounts/lease-requests.ts'
import type { AccountContext } from '../../src/context.ts'
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

const lease = (bucket: 'reads' | 'claims' = 'reads') => leaseRequests(buyer, bucket)

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

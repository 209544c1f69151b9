import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { violated } from '../../src/database/errors.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { lockListingByName } from '../../src/locks.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { placeNaively } from '../support/place-naively.ts'
import { connectAll, untilAnswered, untilOneWaits } from '../support/waiting.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

const NAME = 'wanted.test'
const CLAIMANTS = 200
const order = { name: NAME, payment: 'balance' } as const

let clone: Clone
let ctx: Context

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: CLAIMANTS })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: [NAME] })
})

afterEach(() => clone.drop())

type Claim = (claimant: AccountContext) => Promise<unknown>
type Tally = { won: number; taken: number; stoppedByIndex: number; other: unknown[] }

/** Each claimant has its own connection and account; all start at once. */
async function race(claim: Claim): Promise<Tally> {
  // One after another: at once they would only wait for the audit chain.
  const claimants: AccountContext[] = []
  while (claimants.length < CLAIMANTS) claimants.push(await givenAccount(ctx))
  await connectAll(ctx.db, CLAIMANTS)
  const tally: Tally = { won: 0, taken: 0, stoppedByIndex: 0, other: [] }
  const results = await Promise.allSettled(claimants.map(claim))
  for (const result of results) {
    if (result.status === 'fulfilled') tally.won += 1
    else if (result.reason instanceof Refusal && result.reason.code === 'name_taken') tally.taken += 1
    else if (violated(result.reason, 'one_live_backorder_per_name')) tally.stoppedByIndex += 1
    else if (violated(result.reason, 'one_backorder_per_listing')) tally.stoppedByIndex += 1
    else tally.other.push(result.reason)
  }
  return tally
}

async function dropIndexes(): Promise<void> {
  await sql`drop index one_live_backorder_per_name`.execute(ctx.db)
  await sql`drop index one_backorder_per_listing`.execute(ctx.db)
}

async function liveBackorders(): Promise<number> {
  const rows = await ctx.db.selectFrom('backorder').select('id').where('state', '=', 'backordered').execute()
  return rows.length
}

test(`of ${CLAIMANTS} claimants on one name, one wins and ${CLAIMANTS - 1} are refused as name_taken`, async () => {
  const tally = await race((claimant) => untilAnswered(() => placeBackorder(claimant, order)))
  expect(tally).toEqual({ won: 1, taken: CLAIMANTS - 1, stoppedByIndex: 0, other: [] })
  expect(await liveBackorders()).toBe(1)
  expect(await proveLedger(ctx.db)).toMatchObject({ ledgerSumMinor: { USD: 0n }, balanceMismatches: 0 })
})

test('the lock alone, without the indexes, allows one winner and refuses the others', async () => {
  await dropIndexes()
  const tally = await race((claimant) => untilAnswered(() => placeBackorder(claimant, order)))
  expect(tally).toEqual({ won: 1, taken: CLAIMANTS - 1, stoppedByIndex: 0, other: [] })
})

test('the indexes alone, with a claim that reads and then inserts, allow one winner', async () => {
  const tally = await race((claimant) => untilAnswered(() => placeNaively(claimant, NAME)))
  expect(tally.won).toBe(1)
  expect(tally.won + tally.taken + tally.stoppedByIndex).toBe(CLAIMANTS)
  expect(tally.stoppedByIndex).toBeGreaterThan(0)
  expect(await liveBackorders()).toBe(1)
})

test('without lock and indexes more than one claimant wins, so the race is real', async () => {
  await dropIndexes()
  const tally = await race((claimant) => untilAnswered(() => placeNaively(claimant, NAME)))
  expect(tally.won).toBeGreaterThan(1)
  expect(await liveBackorders()).toBe(tally.won)
})

test('a claimant that waits for the lock across the cut-off is refused', async () => {
  const claimant = await givenAccount(ctx)
  const cutoffAt = new Date(Date.now() + 400)
  await ctx.db.updateTable('listing').set({ cutoff_at: cutoffAt }).where('name', '=', NAME).execute()

  const { promise: locked, resolve: haveLock } = Promise.withResolvers<void>()
  const holder = inTransaction(ctx.db, async (tx) => {
    await lockListingByName(tx, NAME)
    haveLock()
    await untilOneWaits(ctx.db)
    await waitUntil(async () => Date.now() > cutoffAt.getTime() + 20)
  })
  await locked
  const claim = untilAnswered(() => placeBackorder(claimant, order)).catch((error: unknown) => error)
  await holder

  expect(await claim).toMatchObject({ code: 'cutoff_passed' })
  expect(await liveBackorders()).toBe(0)
})

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  const lastMs = Date.now() + 5_000
  while (!(await condition())) {
    if (Date.now() > lastMs) throw new Error('the condition did not come about')
  }
}

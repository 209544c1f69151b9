import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileBulkOrder } from '../../src/bulk-orders/file.ts'
import { processBulkOrder } from '../../src/bulk-orders/process.ts'
import { type AccountContext, actFor, type Context } from '../../src/context.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, PRICE_MINOR } from '../support/world.ts'

const NAMES = Array.from({ length: 60 }, (_, index) => `name-${index}.test`)

let clone: Clone
let ctx: Context

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: NAMES })
})
afterEach(() => clone.drop())

/** An account whose key is in the database, as that of a bulk order must be. */
async function givenBuyer(): Promise<AccountContext> {
  const { actor } = await givenAccount(ctx, { balanceMinor: PRICE_MINOR * BigInt(NAMES.length) })
  const keyId = ctx.newId()
  const key_sha256 = Buffer.from(keyId)
  const key = { id: keyId, account_id: actor.accountId, label: 'x', scopes: [...actor.scopes], key_sha256 }
  await ctx.db.insertInto('api_key').values(key).execute()
  return actFor(ctx, { ...actor, keyId })
}

async function orderAll(buyer: AccountContext, names: readonly string[]): Promise<string> {
  const claimedBy = ctx.newId()
  const items = names.map((name) => ({ name }))
  const id = await fileBulkOrder(buyer, items, { key: ctx.newId() }, claimedBy)
  while (!(await processBulkOrder(ctx, { id, claimedBy }, () => true)));
  return id
}

test('two reversed bulk orders beside a list that is published end without a deadlock, and each name has one order', async () => {
  const [one, other] = [await givenBuyer(), await givenBuyer()]
  const moved = new Date(Date.now() + 30 * 3_600_000)
  const [first, second] = await Promise.all([
    orderAll(one, NAMES),
    orderAll(other, NAMES.toReversed()),
    givenListings(ctx, { names: NAMES, purgeAt: moved }),
  ])
  const items = await ctx.db
    .selectFrom('bulk_order_item')
    .select(['name', 'state', 'code'])
    .where('bulk_order_id', 'in', [first, second])
    .execute()
  const placed = items.filter(({ state }) => state === 'placed')
  expect(placed.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted())
  expect(new Set(items.map(({ code }) => code))).toEqual(new Set([null, 'name_taken']))
  expect(await proveLedger(ctx.db)).toMatchObject({ balanceMismatches: 0 })
  const { rows } = await deadlocks()
  expect(rows).toEqual([{ deadlocks: 0n }])
})

async function deadlocks() {
  return sql<{ deadlocks: bigint }>`
    select deadlocks from pg_stat_database where datname = current_database()`.execute(ctx.db)
}

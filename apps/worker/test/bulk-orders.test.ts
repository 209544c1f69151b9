import { fileBulkOrder } from '@droplock/core/bulk-orders/file'
import { actFor } from '@droplock/core/context'
import { readDueTimes } from '@droplock/core/due-times'
import { scopes } from '@droplock/rules/accounts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holdJobs } from '../src/money/money-jobs.ts'
import { givenShop } from './money/shop.ts'
import { givenWorld, moneyEvery, type World } from './support/world.ts'

const NAMES = ['one.test', 'two.test', 'three.test']

let world: World
beforeEach(async () => {
  world = await givenWorld(1)
})
afterEach(() => world.clone.drop())

test('a bulk order whose gateway died is done by a worker, with the rights of its role, when its claim has lapsed', async () => {
  const { ctx, worker } = world
  const { actor } = await givenShop(ctx, NAMES)
  const keyId = ctx.newId()
  const key = { id: keyId, account_id: actor.accountId, label: 'x', scopes: [...scopes] }
  await ctx.db
    .insertInto('api_key')
    .values({ ...key, key_sha256: Buffer.from(keyId) })
    .execute()
  await ctx.db
    .updateTable('account')
    .set({ credit_limit_minor: 1_000_000n })
    .where('id', '=', actor.accountId)
    .execute()
  const items = [...NAMES, 'unlisted.test'].map((name) => ({ name }))
  const buyer = actFor(ctx, { ...actor, keyId })
  const id = await fileBulkOrder(buyer, items, { key: 'a key' }, ctx.newId())
  const job = holdJobs(worker, moneyEvery).find(({ name }) => name === 'bulk.order')
  const run = () => job?.run(new AbortController().signal)
  // Its gateway may still be at work.
  await run()
  expect(await countBy('waiting')).toBe(4)
  await ctx.db
    .updateTable('bulk_order')
    .set({ claimed_until: new Date(0) })
    .execute()
  const asked = { receiverKinds: [], undecidedAfterMs: 0 }
  expect((await readDueTimes(worker, asked)).get('bulk.order')).toBeLessThanOrEqual(0)
  await run()
  expect([await countBy('placed'), await countBy('refused')]).toEqual([3, 1])
  const { finished_at } = await ctx.db
    .selectFrom('bulk_order')
    .select('finished_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(finished_at).not.toBeNull()
})

async function countBy(state: 'waiting' | 'placed' | 'refused'): Promise<number> {
  const rows = await world.ctx.db
    .selectFrom('bulk_order_item')
    .select('name')
    .where('state', '=', state)
    .execute()
  return rows.length
}

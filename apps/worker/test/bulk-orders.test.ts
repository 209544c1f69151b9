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

/** Leaves bulk orders of one account to the worker, filed by gateways that died. Returns their ids. */
async function givenLeft(listed: readonly string[], orders: readonly (readonly string[])[]) {
  const { ctx } = world
  const { actor } = await givenShop(ctx, listed)
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
  const buyer = actFor(ctx, { ...actor, keyId })
  const ids: string[] = []
  for (const names of orders) {
    const items = names.map((name) => ({ name }))
    ids.push(await fileBulkOrder(buyer, items, { key: ctx.newId() }, ctx.newId()))
  }
  return ids
}

const runJob = () =>
  holdJobs(world.worker, moneyEvery)
    .find(({ name }) => name === 'bulk.order')
    ?.run(new AbortController().signal)

const lapseClaims = () =>
  world.ctx.db
    .updateTable('bulk_order')
    .set({ claimed_until: new Date(0) })
    .execute()

test('a bulk order whose gateway died is done by a worker, with the rights of its role, when its claim has lapsed', async () => {
  const { ctx, worker } = world
  const [id = ''] = await givenLeft(NAMES, [[...NAMES, 'unlisted.test']])
  // Its gateway may still be at work.
  await runJob()
  expect(await countBy('waiting')).toBe(4)
  await lapseClaims()
  const asked = { receiverKinds: [], undecidedAfterMs: 0 }
  expect((await readDueTimes(worker, asked)).get('bulk.order')).toBeLessThanOrEqual(0)
  await runJob()
  expect([await countBy('placed'), await countBy('refused')]).toEqual([3, 1])
  const { finished_at } = await ctx.db
    .selectFrom('bulk_order')
    .select('finished_at')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(finished_at).not.toBeNull()
})

test('a long bulk order does not keep a later one waiting until its end', async () => {
  const many = Array.from({ length: 120 }, (_, index) => `many-${index}.test`)
  const [long, short] = await givenLeft([...many, ...NAMES], [many, NAMES])
  await lapseClaims()
  await runJob()
  const done = await world.ctx.db
    .selectFrom('bulk_order')
    .select('id')
    .where('finished_at', 'is not', null)
    .orderBy('finished_at')
    .execute()
  expect(done.map(({ id }) => id)).toEqual([short, long])
  expect(await countBy('placed')).toBe(many.length + NAMES.length)
})

async function countBy(state: 'waiting' | 'placed' | 'refused'): Promise<number> {
  const rows = await world.ctx.db
    .selectFrom('bulk_order_item')
    .select('name')
    .where('state', '=', state)
    .execute()
  return rows.length
}

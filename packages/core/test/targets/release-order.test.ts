import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { Context } from '../../src/context.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { listUnplaced, readPlaces, recordOrder } from '../../src/targets/release-order.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  REGISTRY,
  ZONE,
  zone,
} from '../support/world.ts'

const names = Array.from({ length: 10 }, (_, index) => `batch-${index}.test`)
const hour = (hours: number) =>
  sql<Date>`date_trunc('second', clock_timestamp()) + make_interval(hours => ${hours})`

/** Names of one batch, of which the third and the eighth are ordered, in a window that begins in so many hours. They close an hour before. */
async function givenBatch(
  ctx: Context,
  inHours: number,
  payment: 'balance' | 'card' = 'balance',
): Promise<void> {
  await givenRegistry(ctx, [zone({ release: 'daily_batch' })])
  await givenListings(ctx, { names })
  const buyer = await givenAccount(ctx)
  for (const name of ['batch-2.test', 'batch-7.test']) await placeBackorder(buyer, { name, payment })
  const window = {
    drop_from: hour(inHours),
    drop_to: hour(inHours + 1),
    cutoff_at: hour(inHours - 1),
  }
  await ctx.db.updateTable('listing').set(window).execute()
  await closeDue(ctx)
}

async function record(ctx: Context, wanted: readonly string[]): Promise<void> {
  const listings = await ctx.db.selectFrom('listing').select(['id', 'name']).execute()
  for (const { id, name } of listings.filter((each) => wanted.includes(each.name))) {
    const index = names.indexOf(name)
    // Two at a time are of one second, in the order of their ROIDs: that of bytes, in which capitals come first.
    const updatedAt = new Date(60_000 * Math.floor(index / 2))
    await recordOrder(ctx, id, { updatedAt, roid: index % 2 === 0 ? `D${index}` : `a${index}` })
  }
}

const anyTime = { zone: ZONE, from: new Date(0), to: new Date('2200-01-01T00:00:00Z') }

test.each([
  ['is closed', 1],
  ['is still open for orders', 11],
])(
  'all names of a batch with secured orders that %s are asked about once, page by page, before its window',
  (_case, inHours) =>
    rolledBack(async (tx) => {
      const ctx = contextOf(tx)
      await givenBatch(ctx, inHours)
      const first = await listUnplaced(ctx, REGISTRY, undefined, 6)
      const second = await listUnplaced(ctx, REGISTRY, first.at(-1), 6)
      expect([...first, ...second].map(({ name }) => name).toSorted()).toEqual(names)
      expect(first).toHaveLength(6)
      await record(ctx, names.slice(0, 9))
      const [last, ...others] = await listUnplaced(ctx, REGISTRY, undefined, 6)
      expect([last?.name, ...others]).toEqual(['batch-9.test'])
      // Also where the registry showed nothing.
      await recordOrder(ctx, last?.listingId ?? '', null)
      expect(await listUnplaced(ctx, REGISTRY, undefined, 6)).toEqual([])
    }),
)

test.each([
  ['begins in more than half a day', async (ctx: Context) => givenBatch(ctx, 13)],
  ['has begun', async (ctx: Context) => givenBatch(ctx, -1)],
  [
    'is of a registry that releases each name at its own time',
    async (ctx: Context) => {
      await givenBatch(ctx, 3)
      await ctx.db.updateTable('zone').set({ release: 'exact_instant' }).execute()
    },
  ],
  ['has only unpaid orders', async (ctx: Context) => givenBatch(ctx, 3, 'card')],
] as const)('nothing is asked about a batch that %s', (_case, given) =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await given(ctx)
    expect(await listUnplaced(ctx, REGISTRY, undefined, 6)).toEqual([])
  }),
)

test('places are those among all names of the batch, once nearly all are known', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenBatch(ctx, 3)
    await record(ctx, names.slice(0, 8))
    expect(await readPlaces(ctx, anyTime)).toEqual([])
    await record(ctx, names.slice(8, 9))
    expect(await readPlaces(ctx, anyTime)).toMatchObject([
      { rank: 2, of: 9 },
      { rank: 7, of: 9 },
    ])
    expect(await readPlaces(ctx, { ...anyTime, to: new Date(0) })).toEqual([])
  }))

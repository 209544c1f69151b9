import type { Outcome } from '@droplock/rules/machines/catch-target'
import { expect } from 'vitest'
import { ZoneStatisticsPage } from '../src/resources/statistics.ts'
import { answers, refuses } from './support/refuses.ts'
import { givenCustomer, useWorld } from './support/world.ts'

const world = useWorld()

type Counted = {
  readonly outcome: Outcome
  readonly orders: number
  readonly daysAgo?: number
  readonly band?: number
}

/** Orders that were decided so many days ago, each with 10 creates, of which one was wasted; lost ones by up to 100 ms. */
function count({ outcome, orders, daysAgo = 1, band = 0 }: Counted) {
  const lost = outcome === 'lost' ? orders : 0
  return world.ctx.db
    .insertInto('order_statistic')
    .values({
      day: new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10),
      zone: 'test',
      release: 'exact_instant',
      currency: 'USD',
      price_band: band,
      outcome,
      orders: BigInt(orders),
      creates: BigInt(10 * orders),
      wasted_creates: BigInt(orders),
      lost_by_10ms: 0n,
      lost_by_100ms: BigInt(lost),
      lost_by_1s: 0n,
      lost_by_10s: 0n,
      lost_by_more: 0n,
      lost_by_unknown: 0n,
    })
    .execute()
}

answers(
  'listStatistics',
  200,
  'results of all customers by zone and price, rounded, and nothing of few orders or of today',
  async () => {
    const { key } = await givenCustomer(world.ctx)
    await count({ outcome: 'registered', orders: 41 })
    await count({ outcome: 'lost', orders: 82, daysAgo: 30 })
    await count({ outcome: 'missed', orders: 500, daysAgo: 0 })
    await count({ outcome: 'missed', orders: 500, daysAgo: 31 })
    await count({ outcome: 'registered', orders: 19, band: 1 })
    const read = async (path: string) =>
      ZoneStatisticsPage.parse(await (await world.send({ path, key })).json())
    const { items } = await read('/v1/statistics?period=month')
    expect(items.find(({ zone }) => zone === 'test')?.results).toEqual([
      {
        release: 'exact_instant',
        price_from: { amount_minor: 0, currency: 'USD' },
        price_below: { amount_minor: 2_500, currency: 'USD' },
        orders: 120,
        success_percent: 33,
        lost_percent: 67,
        creates_per_success: 30,
        wasted_percent: 10,
        lost_within: { ms10: 0, ms100: 100, s1: 100, s10: 100 },
      },
    ])
    const first = await read('/v1/statistics?limit=1')
    expect(first.items).toEqual([{ zone: 'disabled', results: [] }])
    const rest = await read(`/v1/statistics?limit=10&cursor=${first.next}`)
    expect(rest.items.map(({ zone }) => zone)).toEqual(items.slice(1).map(({ zone }) => zone))
  },
)

refuses('listStatistics', 'invalid_request', 'an unknown period', async () =>
  world.send({ path: '/v1/statistics?period=day', key: (await givenCustomer(world.ctx)).key }),
)

refuses('listStatistics', 'invalid_cursor', 'a cursor of no zone', async () =>
  world.send({ path: '/v1/statistics?cursor=nowhere', key: (await givenCustomer(world.ctx)).key }),
)

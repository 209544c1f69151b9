import { expect, test } from 'vitest'
import { listStatistics, listZoneStatistics } from '../../src/statistics/read.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { givenArmedTargets, outcomeOf } from '../support/drop.ts'
import { contextOf, givenAccount, givenStaff, ZONE } from '../support/world.ts'

test('operators see every count of a zone and its days, and resellers nothing of so few orders', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const targets = await givenArmedTargets(ctx, ['a.test', 'b.test', 'c.test'])
    await beginFiring(
      ctx,
      targets.map(({ id }) => id),
    )
    for (const [n, { id, listing_id }] of targets.entries())
      await recordOutcome(ctx, outcomeOf(id, listing_id, n === 0 ? 'registered' : 'lost'))
    const operator = await givenStaff(ctx, 'operator')
    const page = { offset: 0, limit: 10 }
    const day = new Date().toISOString().slice(0, 10)
    const { items, total } = await listStatistics(operator, { ...page, zone: ZONE })
    expect(total).toBe(2)
    expect(items.map(({ outcome, orders }) => [outcome, orders])).toEqual([
      ['lost', 2],
      ['registered', 1],
    ])
    expect(items[0]).toMatchObject({ day, zone: ZONE, lostBy: { unknown: 2 }, priceBelowMinor: 2_500n })
    expect((await listStatistics(operator, { ...page, zone: 'other' })).total).toBe(0)
    expect((await listStatistics(operator, { ...page, from: '2999-01-01' })).total).toBe(0)
    expect((await listStatistics(operator, { ...page, to: '2000-01-01' })).total).toBe(0)
    const seen = await listZoneStatistics(await givenAccount(ctx), { period: 'year', limit: 10 })
    expect(seen.items).toEqual([{ zone: ZONE, results: [] }])
  }))

import { afterEach, beforeEach, expect, test } from 'vitest'
import { getForecast } from '../../src/accounts/get-forecast.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { listWatches, watchName } from '../../src/watches.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  PRICE_MINOR,
  withdrawAll,
  zone,
} from '../support/world.ts'

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000)

async function watchAll(buyer: AccountContext, names: readonly string[]): Promise<void> {
  for (const name of names) await watchName(buyer, name)
}

test('the forecast counts watched names that can be ordered by then, and no others', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx, [zone(), zone({ name: 'stopped' })])
    const names = ['open.test', 'gold.test', 'kept.test', 'gone.test', 'over.test', 'cheap.test']
    await givenListings(ctx, { names, purgeAt: inHours(3) })
    await givenListings(ctx, { names: ['a.stopped'], zone: 'stopped', purgeAt: inHours(3) })
    await givenListings(ctx, { names: ['upcoming.test'], purgeAt: inHours(3), opensAt: inHours(1) })
    const set = (name: string, change: object) =>
      tx.updateTable('listing').set(change).where('name', '=', name).execute()
    await set('gold.test', { premium: true })
    await set('kept.test', { reserved: true })
    await set('gone.test', { suspect: true })
    await set('over.test', { cutoff_at: new Date(Date.now() - 1_000) })
    await set('cheap.test', { tier: 'without a price', price_rule_id: null })
    await tx.updateTable('zone').set({ enabled: false }).where('name', '=', 'stopped').execute()
    const [buyer, other] = [await givenAccount(ctx, { balanceMinor: 0n }), await givenAccount(ctx)]
    await watchAll(buyer, [...names, 'a.stopped', 'upcoming.test', 'never-listed.test'])
    expect(await getForecast(buyer, inHours(4))).toMatchObject({
      toPay: { count: 0, amountMinor: 0n },
      watched: { count: 2, amountMinor: 2n * PRICE_MINOR },
      shortfallMinor: 2n * PRICE_MINOR,
    })
    expect(await getForecast(other, inHours(4))).toMatchObject({ watched: { count: 0, amountMinor: 0n } })
  }))

test('a watched name shows its newest cycle', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    await givenRegistry(ctx)
    await givenListings(ctx, { names: ['back.test'] })
    await withdrawAll(ctx)
    await givenListings(ctx, { names: ['back.test'], purgeAt: inHours(50) })
    const buyer = await givenAccount(ctx)
    expect(await watchName(buyer, 'back.test')).toMatchObject({ listing: { cycle: 2, state: 'open' } })
  }))

let clone: Clone
let ctx: Context
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: 12 })
  ctx = contextOf(clone.db)
})
afterEach(() => clone.drop())

test('of twelve names watched at once by an account that may watch five, five are watched', async () => {
  const buyer = await givenAccount(ctx)
  await clone.db.updateTable('account').set({ watches_max: 5 }).execute()
  const names = Array.from({ length: 12 }, (_, index) => `name-${index}.test`)
  const results = await Promise.allSettled(names.map((name) => watchName(buyer, name)))
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(refusals).toHaveLength(7)
  for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'watch_limit_reached' })
  expect((await listWatches(buyer, { limit: 50 })).items).toHaveLength(5)
})

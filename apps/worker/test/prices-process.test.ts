import { asService } from '@droplock/core/context'
import { uploadPrices } from '@droplock/core/prices/upload'
import { uploadReserved } from '@droplock/core/reserved-words/upload'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenListings, givenRegistry, zone } from '../../../packages/core/test/support/world.ts'
import { workerProcesses } from './support/worker-process.ts'
import { givenWorld, type World } from './support/world.ts'

const patient = { timeout: 60_000, interval: 5 }
/** Enough batches for a kill between two of them. */
const LISTINGS = 3_000

let world: World
const workers = workerProcesses(() => world)

beforeEach(async () => {
  world = await givenWorld()
  await givenRegistry(world.ctx, [zone({ name: 'com' })])
  const names = Array.from({ length: LISTINGS }, (_, index) => `name-${index}.com`)
  await givenListings(world.ctx, { names, zone: 'com', purgeAt: new Date(Date.now() + 36_000_000) })
})
afterEach(async () => {
  await workers.endAll()
  await world.clone.drop()
})

/** How many live names cost what, in USD. */
async function countByPrice(): Promise<Record<string, number>> {
  const rows = await world.ctx.db
    .selectFrom('listing')
    .innerJoin('price_amount', 'rule_id', 'price_rule_id')
    .select((eb) => ['amount_minor', eb.fn.countAll().as('names')])
    .where('currency', '=', 'USD')
    .where('started_at', 'is not', null)
    .where('price_amount.ended_at', 'is', null)
    .groupBy('amount_minor')
    .execute()
  return Object.fromEntries(rows.map(({ amount_minor, names }) => [String(amount_minor), Number(names)]))
}

test('the worker starts a price list at its time and writes every name once, although workers are killed meanwhile', async () => {
  const at = new Date(Date.now() + 3_000)
  const text = `kind,zone,match,currency,amount,starts_at\npattern,com,name-*,USD,90,${at.toISOString()}`
  await uploadPrices(asService(world.ctx), { title: 'a list', text, reason: 'a test', dryRun: false })
  const ended = new Set<number>()
  for (let kills = 0; kills < 3; kills += 1) {
    const before = (await countByPrice())['9000'] ?? 0
    const worker = workers.start()
    await vi.waitFor(async () => expect((await countByPrice())['9000'] ?? 0).toBeGreaterThan(before), patient)
    await workers.end(worker, 'SIGKILL')
    ended.add((await countByPrice())['9000'] ?? 0)
    if (ended.has(LISTINGS)) break
  }
  expect(Date.now()).toBeGreaterThanOrEqual(at.getTime())
  workers.start()
  await vi.waitFor(async () => expect(await countByPrice()).toEqual({ 9000: LISTINGS }), patient)
  expect(await world.ctx.db.selectFrom('pending_terms').selectAll().execute()).toEqual([])
})

test('the worker reserves names of a list that operators uploaded', async () => {
  workers.start()
  const text = 'kind,word,reason\ncontains,name-1,a test'
  await uploadReserved(asService(world.ctx), { name: 'a list', text, reason: 'a test', dryRun: false })
  const reserved = () =>
    world.ctx.db.selectFrom('listing').select('name').where('reserved', '=', true).execute()
  await vi.waitFor(async () => expect(await reserved()).toHaveLength(1_111), patient)
})

import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext } from '@droplock/core/context'
import { listen } from '@droplock/core/database/listen'
import { noteWork, WORK_CHANNEL } from '@droplock/core/database/note-work'
import { readDueTimes } from '@droplock/core/due-times'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSchedule } from '../src/jobs/schedule.ts'
import { work } from '../src/worker.ts'
import { type Processor, processors } from './money/processor.ts'
import { dropAll, givenShop, orderByCard, stateOf } from './money/shop.ts'
import { givenWorld, moneyEvery, rule, type World } from './support/world.ts'

const patient = { timeout: 15_000, interval: 20 }
const HOUR_MS = 3_600_000
const NAME = 'wanted.test'

let world: World
let processor: Processor
let buyer: AccountContext
let stop: AbortController
let ending: Promise<unknown>
/** Runs of each job. */
let runs: Map<string, number>

beforeEach(async () => {
  world = await givenWorld(1)
  processor = await processors.sandbox(world.ctx)
  buyer = await givenShop(world.ctx, [NAME, 'other.test'])
  stop = new AbortController()
  ending = Promise.resolve()
  runs = new Map()
})
afterEach(async () => {
  stop.abort()
  await ending
  await processor.close()
  await world.clone.drop()
})

/** A worker whose jobs look once, and then only when they are woken or due, but for every `idleMs`. Resolves when all have looked. */
async function startWorker({ idleMs = HOUR_MS, listens = true } = {}): Promise<void> {
  const { worker: ctx, logger } = world
  const asked = { provider: processor.provider.name, receiverKinds: [], undecidedAfterMs: HOUR_MS }
  const schedule = createSchedule({ idleMs, readDueTimes: () => readDueTimes(ctx, asked) })
  const { promise: listening, resolve } = Promise.withResolvers<void>()
  const onWake = () => {
    schedule.wake()
    resolve()
  }
  const listener = { url: world.clone.urls.worker, channel: WORK_CHANNEL, applicationName: 'listens' }
  const sweepEvery = { openMs: 1, closeMs: 1, unsoldMs: 1, runsMs: 1, changesMs: 1 }
  const options = { ctx, logger, poll: rule, sweepEvery, moneyEvery, eventsMs: 1, schedule }
  ending = Promise.all([
    listens && listen({ ...listener, onWake, signal: stop.signal }),
    work(
      {
        ...options,
        provider: processor.provider,
        measured: (job) => ({
          ...job,
          run: async (signal) => {
            const fields = await job.run(signal)
            runs.set(job.name, (runs.get(job.name) ?? 0) + 1)
            return fields
          },
        }),
      },
      stop.signal,
    ),
  ])
  if (listens) await listening
  await vi.waitFor(() => expect(runs.size).toBe(25), patient)
}

const at = (ms: number) => new Date(Date.now() + ms)

const untilState = (id: string, state: string) =>
  vi.waitFor(async () => expect(await stateOf(world.ctx, id)).toBe(state), patient)

const unnumbered = () =>
  world.ctx.db.selectFrom('event').select('topic').where('position', 'is', null).execute()

const listingStates = async () =>
  (await world.ctx.db.selectFrom('listing').select('state').orderBy('name').execute()).map(
    ({ state }) => state,
  )

test('an event, a payment and a refund are dealt with when they are committed, and jobs that have nothing to do stay quiet', async () => {
  await startWorker()
  const { accountId } = buyer.actor
  await topUp(world.ctx, { accountId, amountMinor: 5_000n, receiptId: world.ctx.newId() })
  await placeBackorder(buyer, { name: 'other.test', payment: 'balance' })
  await vi.waitFor(async () => expect(await unnumbered()).toEqual([]), patient)
  const { id, intent } = await orderByCard(buyer, processor.provider, NAME)
  await processor.pay(intent, 'approve')
  await untilState(id, 'backordered')
  await dropAll(world.ctx, 'lost')
  await vi.waitFor(async () => {
    const refunds = await world.ctx.db.selectFrom('refund').select('state').execute()
    expect(refunds.map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
  }, patient)
  // At an interval of a millisecond it would have looked some thousand times.
  expect(runs.get('sweep.open')).toBeLessThan(100)
})

test('a hold lapses at its time to pay, with nothing that says so', async () => {
  await startWorker()
  const { id } = await orderByCard(buyer, processor.provider, NAME)
  await world.ctx.db
    .updateTable('backorder')
    .set({ pay_by: new Date(Date.now() + 1_000) })
    .execute()
  noteWork(world.ctx.db)
  await untilState(id, 'expired')
})

test('a listing is closed, drops and ends unsold, each at its time', async () => {
  await startWorker()
  await world.ctx.db
    .updateTable('listing')
    .set({ cutoff_at: at(500), drop_from: at(1_000), drop_to: at(1_500) })
    .execute()
  noteWork(world.ctx.db)
  await vi.waitFor(async () => expect(await listingStates()).toEqual(['unsold', 'unsold']), patient)
  const events = world.log.map(({ event }) => event)
  expect(events.filter((event) => event === 'sweep.close')).toHaveLength(1)
})

test('without notifications a worker finds what is to do by looking now and then', async () => {
  await startWorker({ idleMs: 50, listens: false })
  const { id, intent } = await orderByCard(buyer, processor.provider, NAME)
  await processor.pay(intent, 'approve')
  await untilState(id, 'backordered')
  await vi.waitFor(async () => expect(await unnumbered()).toEqual([]), patient)
})

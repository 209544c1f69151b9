import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { acquireLease } from '@droplock/core/leases'
import { closeDue } from '@droplock/core/schedule/steps'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAlarms } from '../../../packages/core/test/support/world.ts'
import { watchJobs } from '../src/jobs/jobs.ts'
import { alarmSweeps } from '../src/sweeps/alarm-sweeps.ts'
import { givenShop, registryAccount } from './money/shop.ts'
import { givenWorld, type World } from './support/world.ts'

const NAME = 'wanted.test'
const GRACE_OVER_MS = 1_000

let world: World
beforeEach(async () => {
  world = await givenWorld()
  const buyer = await givenShop(world.ctx, [NAME])
  const { accountId } = buyer.actor
  await topUp(world.ctx, { accountId, amountMinor: 10_000n, receiptId: world.ctx.newId() })
  await placeBackorder(buyer, { name: NAME, payment: 'balance' })
  await world.ctx.db.updateTable('listing').set({ cutoff_at: new Date() }).execute()
  while ((await closeDue(world.ctx)).closed > 0);
})
afterEach(() => world.clone.drop())

/** One look of each sweep of one worker. */
function worker() {
  const jobs = alarmSweeps(world.worker, { everyMs: 2_000, undecidedAfterMs: GRACE_OVER_MS })
  return async () => {
    for (const job of jobs) await job.run(new AbortController().signal)
  }
}

test('an account that no catcher drives is an alarm at the second look, until one does', async () => {
  const look = worker()
  await look()
  expect(await openAlarms(world.ctx)).toEqual([])
  await look()
  expect(await openAlarms(world.ctx)).toEqual([`lease_unheld ${registryAccount.id}`])
  await worker()()
  expect(await openAlarms(world.ctx)).toEqual([`lease_unheld ${registryAccount.id}`])
  await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 60_000)
  await look()
  expect(await openAlarms(world.ctx)).toEqual([])
})

test('a target that nothing decides after its grace is an alarm', async () => {
  await acquireLease(world.ctx, registryAccount.id, world.ctx.newId(), 60_000)
  const look = worker()
  await look()
  expect(await openAlarms(world.ctx)).toEqual([])
  const past = new Date(Date.now() - 2 * GRACE_OVER_MS)
  await world.ctx.db
    .updateTable('catch_target')
    .set({ drop_from: past, drop_to: past, grace_until: past })
    .execute()
  await look()
  const { id } = await world.ctx.db.selectFrom('catch_target').select('id').executeTakeFirstOrThrow()
  expect(await openAlarms(world.ctx)).toEqual([`target_undecided ${id}`])
})

test('a worker is ready when each of its sweeps has succeeded lately, whatever happens to its other jobs', async () => {
  let nowMs = 0
  let fails = false
  const { watched, view } = watchJobs(() => nowMs)
  const { signal } = new AbortController()
  const run = async () => {
    if (fails) throw new Error('the database is away')
    return undefined
  }
  const [often, seldom] = [100, 5_000].map((everyMs) => watched({ name: `sweep.${everyMs}`, everyMs, run }))
  watched({ name: 'feed.poll', everyMs: 10, run })
  expect(view()).toMatchObject({ ready: false, late: [{ lastMsAgo: null }, { lastMsAgo: null }] })
  await often?.run(signal)
  await seldom?.run(signal)
  nowMs = 15_000
  expect(view()).toEqual({ ready: true, late: [] })
  fails = true
  await often?.run(signal).catch(() => undefined)
  nowMs = 15_001
  expect(view()).toEqual({ ready: false, late: [{ sweep: 'sweep.100', lastMsAgo: 15_001 }] })
})

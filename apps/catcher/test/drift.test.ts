import type { ChildProcess } from 'node:child_process'
import { listBackorders } from '@droplock/core/backorders/list'
import { afterEach, expect, test } from 'vitest'
import { endGently, spawnCatcher, spawnWorker } from './support/process.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

let testbed: Testbed
const children: ChildProcess[] = []

afterEach(async () => {
  await Promise.all(children.splice(0).map(endGently))
  await testbed.end()
})

const seconds = (date: Date, count: number) => new Date(Math.floor(date.getTime() / 1_000 + count) * 1_000)
const names = Array.from({ length: 6 }, (_, index) => ({ name: `late-${index}.test` }))
const WINDOW_MS = 4_000

/**
 * A batch that begins after the end of its window. In the grace a name is tried once a minute: only a window that follows the batch is open
 * when its names are released. The processes run before that.
 */
async function dropLate(laterSecondsMax: number, graceSeconds: number, lateMs: number): Promise<void> {
  const grace = { graceSeconds, graceFullSeconds: 0, graceProbeSeconds: 60 }
  const zone = { ...grace, driftEarlierSecondsMax: 2, driftLaterSecondsMax: laterSecondsMax }
  testbed = await startTestbed({ release: 'daily' }, { ...zone, dropLastsSeconds: WINDOW_MS / 1_000 })
  await testbed.secure(names)
  children.push(spawnWorker(testbed, { DROPLOCK_DRIFT_MS: '200' }), spawnCatcher(testbed))
  await waitUntil('both processes work', isReady)
  const startAt = seconds(new Date(), 3)
  await testbed.post('names', { names: names.map((each) => ({ ...each, kind: 'normal', rivals: [] })) })
  const pace = { paceMs: 100, earlyMsMax: 0, driftMsMax: 0, jitterMsMax: 0 }
  await testbed.post('batches', { ...pace, startAt: startAt.toISOString(), lateMs })
  await testbed.close(startAt, WINDOW_MS)
  await waitUntil('every name has ended', async () =>
    (await states()).every((state) => state !== 'backordered' && state !== 'registering'),
  )
}

async function isReady(): Promise<boolean> {
  const { db } = testbed.clone
  const heartbeat = await db.selectFrom('worker_heartbeat').selectAll().executeTakeFirst()
  const account = await db.selectFrom('registry_account').select('lease_owner').executeTakeFirst()
  return heartbeat !== undefined && typeof account?.lease_owner === 'string'
}

async function states(): Promise<readonly string[]> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return items.map(({ state }) => state)
}

test('a batch that begins after its window is caught: the windows of the running catcher follow it, and what was observed is kept', async () => {
  await dropLate(36, 60, 6_000)
  expect(await states()).toEqual(names.map(() => 'successful'))
  const { db } = testbed.clone
  const released = new Map(testbed.simulator.truth('sim').map(({ name, releasedAt }) => [name, releasedAt]))
  const dropped = await db
    .selectFrom('catch_target')
    .innerJoin('observed_drop', 'observed_drop.listing_id', 'catch_target.listing_id')
    .select(['name', 'drop_from', 'drop_to', 'kind', 'in_batch', 'at_from', 'at_to'])
    .select(['catch_target.expected_to', 'drift_change_id'])
    .execute()
  expect(dropped).toHaveLength(names.length)
  for (const each of dropped) {
    const releasedAt = new Date(released.get(each.name) ?? 0)
    expect(each.drop_from <= releasedAt && releasedAt <= each.drop_to).toBe(true)
    expect(each.expected_to?.getTime()).toBeLessThan(releasedAt.getTime())
    expect(each).toMatchObject({ kind: 'create', in_batch: true })
    expect(each.at_from !== null && each.at_from <= releasedAt && releasedAt <= each.at_to).toBe(true)
  }
  const changes = await db.selectFrom('schedule_change').select('kind').execute()
  expect(changes.length).toBeGreaterThan(0)
  expect(changes.every(({ kind }) => kind === 'drift')).toBe(true)
})

test('where the policy lets no window follow, such a batch is missed', async () => {
  // So late that it ends without the batch.
  await dropLate(0, 0, 60_000)
  expect(await states()).toEqual(names.map(() => 'failed'))
})

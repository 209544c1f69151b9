import type { ChildProcess } from 'node:child_process'
import { listBackorders } from '@droplock/core/backorders/read'
import { asService } from '@droplock/core/context'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import type { ScheduleAction } from '@droplock/rules/schedule/change'
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
const localTime = (date: Date) => date.toISOString().slice(11, 19)

/** How long after the change no create may arrive any more: its batch, one refresh, and what was in flight. */
const STOPPED_MS_MAX = 2_500
const LATER_SECONDS = 12

/** Names whose window begins now, though the registry releases them some seconds later. */
async function givenDropping(names: readonly string[]) {
  const purgeAt = LATER_SECONDS * 1_000
  await testbed.order(
    names.map((name) => ({ name, kind: 'normal', rivals: [] }) as const),
    purgeAt,
    2_000,
  )
  const { db } = testbed.clone
  const { drop_from: releasedAt } = await db
    .selectFrom('listing')
    .select('drop_from')
    .executeTakeFirstOrThrow()
  const now = new Date()
  const window = { drop_from: seconds(now, 0), drop_to: seconds(now, 2) }
  const closed = seconds(now, -1)
  await db
    .updateTable('listing')
    .set({ ...window, cutoff_at: closed })
    .execute()
  await db
    .updateTable('catch_target')
    .set({ ...window, grace_until: seconds(now, 600) })
    .execute()
  children.push(spawnWorker(testbed), spawnCatcher(testbed))
  await waitUntil('creates arrive', async () => arrivals() > 3 * names.length)
  return releasedAt
}

const arrivals = () => testbed.simulator.truth('sim').reduce((sum, name) => sum + name.arrivals.length, 0)

async function change(action: ScheduleAction): Promise<Date> {
  const operator = asService({ db: testbed.clone.db, newId })
  const { id: changeId, counts } = await previewChange(operator, { action, filter: { zone: 'test' } })
  expect(counts.effects.stops).toBeGreaterThan(0)
  await applyChange(operator, { changeId, reason: 'the registry ran no batch' })
  const { db } = testbed.clone
  await waitUntil('the worker applied it', async () => {
    const row = await db.selectFrom('schedule_change').select('state').executeTakeFirstOrThrow()
    return row.state === 'applied'
  })
  return new Date()
}

/** Creates that arrived between the change and the new window. */
function createsBetween(from: Date, to: Date): number {
  const times = testbed.simulator.truth('sim').flatMap((name) => name.arrivals.map(({ at }) => new Date(at)))
  return times.filter((at) => at.getTime() > from.getTime() + STOPPED_MS_MAX && at < to).length
}

async function outcomes(): Promise<readonly string[]> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return items.map(({ state }) => state)
}

const names = ['one.test', 'two.test', 'three.test']

test('a skipped batch: the running catcher stops its creates, the holders keep their names, and they are caught in the next batch', async () => {
  testbed = await startTestbed({}, { graceSeconds: 600 })
  const releasedAt = await givenDropping(names)
  const { drop_from } = await testbed.clone.db
    .selectFrom('listing')
    .select('drop_from')
    .executeTakeFirstOrThrow()
  await testbed.setZone({
    dropStartsAt: localTime(drop_from),
    dropAlsoAt: [localTime(releasedAt)],
    dropLastsSeconds: 2,
  })
  const appliedAt = await change({ kind: 'skip_day' })
  expect(await outcomes()).toEqual(['backordered', 'backordered', 'backordered'])
  await waitUntil('every name is registered', async () =>
    (await outcomes()).every((state) => state === 'successful'),
  )
  expect(createsBetween(appliedAt, seconds(releasedAt, -1))).toBe(0)
  expect(await proveLedger(testbed.clone.db)).toMatchObject({
    escrowMinor: { USD: 0n },
    unrefundedFailures: 0,
  })
})

test('a drop that the registry moved while it ran is caught at the new time', async () => {
  testbed = await startTestbed({}, { graceSeconds: 600 })
  const releasedAt = await givenDropping(names)
  const dropFrom = seconds(releasedAt, -1)
  const appliedAt = await change({ kind: 'drop_moved', dropFrom, dropTo: seconds(releasedAt, 3) })
  await waitUntil('every name is registered', async () =>
    (await outcomes()).every((state) => state === 'successful'),
  )
  expect(createsBetween(appliedAt, seconds(dropFrom, -1))).toBe(0)
})

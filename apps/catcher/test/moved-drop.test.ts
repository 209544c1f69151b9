import type { ChildProcess } from 'node:child_process'
import { listBackorders } from '@droplock/core/backorders/list'
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
/** A time zone in which it is the middle of the day, so that no batch is beyond midnight. */
const isEarly = new Date().getUTCHours() < 12
const zoneNow = isEarly
  ? ({ dropTimeZone: 'Etc/GMT-6', hours: 6 } as const)
  : ({ dropTimeZone: 'Etc/GMT+6', hours: -6 } as const)
const localTime = (date: Date) =>
  seconds(date, zoneNow.hours * 3_600)
    .toISOString()
    .slice(11, 19)

/** How long after the change no create may arrive any more: its batch, one refresh, and what was in flight. */
const STOPPED_MS_MAX = 2_500
const LATER_SECONDS = 15
/** The answer to a create that registered a name: long enough to stop the drop meanwhile. */
const ANSWER_MS = 6_000
const WINDOW_MS = 3_000

const names = ['one.test', 'two.test', 'three.test'].map((name) => ({ name }))
const exactly = { paceMs: 50, earlyMsMax: 0, driftMsMax: 0, jitterMsMax: 0 }

/** Names whose batch the registry announces and skips; creates for them arrive. Returns the start of that batch. */
async function givenSkipped(): Promise<Date> {
  testbed = await startTestbed({ release: 'daily' }, { graceSeconds: 600 })
  await testbed.secure(names)
  const startAt = seconds(new Date(), 3)
  await testbed.post('names', { names: names.map((each) => ({ ...each, rivals: [] })) })
  await testbed.post('batches', { ...exactly, startAt: startAt.toISOString(), skip: true })
  await testbed.close(startAt, WINDOW_MS)
  children.push(spawnWorker(testbed), spawnCatcher(testbed))
  await waitUntil('creates arrive', async () => arrivals().length > 3 * names.length)
  return startAt
}

const arrivals = () =>
  testbed.simulator.truth('sim').flatMap((name) => name.arrivals.map(({ at }) => new Date(at)))

/** The registry releases the names in a later batch. Returns its start. */
async function releaseLater(): Promise<Date> {
  const startAt = seconds(new Date(), LATER_SECONDS)
  await testbed.post('batches', { ...exactly, startAt: startAt.toISOString() })
  return startAt
}

/** Changes the schedule of the names, by the worker's process. Returns when it was applied. */
async function change(action: ScheduleAction): Promise<Date> {
  const operator = asService({ db: testbed.clone.db, newId })
  const { id: changeId, counts } = await previewChange(operator, { action, filter: { zone: 'test' } })
  expect(counts.effects.stops).toBe(names.length)
  await applyChange(operator, { changeId, reason: 'the registry ran no batch' })
  const { db } = testbed.clone
  await waitUntil('the worker applied it', async () => {
    const changes = db.selectFrom('schedule_change').select('state').where('id', '=', changeId)
    const row = await changes.executeTakeFirstOrThrow()
    return row.state === 'applied'
  })
  return new Date()
}

const createsBetween = (from: Date, to: Date): number =>
  arrivals().filter((at) => at.getTime() > from.getTime() + STOPPED_MS_MAX && at < to).length

async function outcomes(): Promise<readonly string[]> {
  const { items } = await listBackorders(testbed.buyer, { limit: 200 })
  return items.map(({ state }) => state)
}

async function expectAllCaught(appliedAt: Date, dropFrom: Date): Promise<void> {
  await waitUntil('every name is registered', async () =>
    (await outcomes()).every((state) => state === 'successful'),
  )
  expect(createsBetween(appliedAt, seconds(dropFrom, -1))).toBe(0)
  const ledger = await proveLedger(testbed.clone.db)
  expect(ledger).toMatchObject({ escrowMinor: { USD: 0n }, unrefundedFailures: 0 })
  expect(testbed.simulator.truth('sim').map(({ winner }) => winner?.clID)).toEqual(
    names.map(() => 'droplock'),
  )
}

test('a skipped batch: the running catcher stops its creates, the holders keep their names, and they are caught in the next batch', async () => {
  const skippedAt = await givenSkipped()
  const dropFrom = await releaseLater()
  const { dropTimeZone } = zoneNow
  const batches = { dropTimeZone, dropStartsAt: localTime(skippedAt), dropAlsoAt: [localTime(dropFrom)] }
  await testbed.setZone({ ...batches, dropLastsSeconds: WINDOW_MS / 1_000 })
  const appliedAt = await change({ kind: 'skip_day' })
  expect(await outcomes()).toEqual(['backordered', 'backordered', 'backordered'])
  await expectAllCaught(appliedAt, dropFrom)
})

test('a name whose create was unanswered is asked about, and is then moved with the others', async () => {
  await givenSkipped()
  const states = async () =>
    (await testbed.clone.db.selectFrom('catch_target').select('state').orderBy('name').execute()).map(
      ({ state }) => state,
    )
  const fault = { kind: 'cut_after_commit', on: 'any', commands: ['create'], names: ['one.test'], count: 1 }
  await testbed.post('faults', fault)
  await waitUntil('a create is unanswered', async () => {
    const { db } = testbed.clone
    const unknown = db.selectFrom('catch_attempt').select('cltrid').where('outcome', '=', 'unknown')
    return (await unknown.where('command', '=', 'create').execute()).length > 0
  })
  await waitUntil('the registry has answered', async () =>
    (await states()).every((state) => state === 'firing'),
  )
  const dropFrom = await releaseLater()
  const appliedAt = await change({ kind: 'drop_moved', dropFrom, dropTo: seconds(dropFrom, 3) })
  await expectAllCaught(appliedAt, dropFrom)
})

test('a drop that the registry moved while it ran is caught at the new time', async () => {
  await givenSkipped()
  const dropFrom = await releaseLater()
  const appliedAt = await change({ kind: 'drop_moved', dropFrom, dropTo: seconds(dropFrom, 3) })
  await expectAllCaught(appliedAt, dropFrom)
})

test('a name that is registered while its drop is stopped stays registered, whatever its new window is', async () => {
  testbed = await startTestbed({ release: 'daily' }, { graceSeconds: 600, driftLaterSecondsMax: 0 })
  await testbed.secure(names)
  const startAt = seconds(new Date(), 3)
  await testbed.post('names', { names: names.map((each) => ({ ...each, kind: 'normal', rivals: [] })) })
  await testbed.post('faults', { kind: 'slow', code: 1000, commands: ['create'], delayMs: ANSWER_MS })
  await testbed.post('batches', { ...exactly, startAt: startAt.toISOString() })
  await testbed.close(startAt, WINDOW_MS)
  children.push(spawnWorker(testbed), spawnCatcher(testbed))
  await waitUntil('the registry has registered them', async () =>
    testbed.simulator.truth('sim').every(({ winner }) => winner?.clID === 'droplock'),
  )
  await change({ kind: 'drop_moved', dropFrom: seconds(new Date(), 600), dropTo: seconds(new Date(), 660) })
  await waitUntil('every name is registered', async () =>
    (await outcomes()).every((state) => state === 'successful'),
  )
  const { db } = testbed.clone
  const targets = await db.selectFrom('catch_target').select(['state', 'arming']).execute()
  expect(targets).toEqual(names.map(() => ({ state: 'registered', arming: 2 })))
})

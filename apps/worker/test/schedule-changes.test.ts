import { asService } from '@droplock/core/context'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import { type ChangeProgress, getChange } from '@droplock/core/schedule-changes/read'
import { undoChange } from '@droplock/core/schedule-changes/undo'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenListings, givenRegistry, zone } from '../../../packages/core/test/support/world.ts'
import { workerProcesses } from './support/worker-process.ts'
import { givenWorld, type World } from './support/world.ts'

const patient = { timeout: 60_000, interval: 5 }
const HOUR_SECONDS = 3_600
/** Enough batches for a kill between two of them. */
const LISTINGS = 1_500

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

const progressOf = async (id: string) => (await getChange(asService(world.ctx), id)).progress

/** Kills workers of a change in the middle of it, one after another, until one of them ends it. */
async function killUntilDone(
  id: string,
  isDone: (progress: ChangeProgress) => boolean,
  doneOf: (progress: ChangeProgress) => number,
) {
  let kills = 0
  for (; kills < 3; kills += 1) {
    const before = doneOf(await progressOf(id))
    const worker = workers.start()
    await vi.waitFor(async () => expect(doneOf(await progressOf(id))).toBeGreaterThan(before), patient)
    await workers.end(worker, 'SIGKILL')
    if (isDone(await progressOf(id))) break
  }
  workers.start()
  await vi.waitFor(async () => expect(isDone(await progressOf(id))).toBe(true), patient)
  return kills
}

test('workers that are killed in the middle of a change leave no listing half moved, and the next one goes on', async () => {
  const operator = asService(world.ctx)
  const action = { kind: 'shift', seconds: HOUR_SECONDS } as const
  const before = await world.ctx.db.selectFrom('listing').select(['id', 'drop_from']).execute()
  const { id } = await previewChange(operator, { action, filter: { zone: 'com' } })
  await applyChange(operator, { changeId: id, reason: 'a test' })
  expect(
    await killUntilDone(
      id,
      ({ waiting }) => waiting === 0,
      ({ applied }) => applied,
    ),
  ).toBeGreaterThan(0)
  const times = new Map(before.map((row) => [row.id, row.drop_from.getTime() + HOUR_SECONDS * 1_000]))
  const after = await world.ctx.db.selectFrom('listing').select(['id', 'drop_from']).execute()
  expect(after.every((row) => row.drop_from.getTime() === times.get(row.id))).toBe(true)
  const overrides = await world.ctx.db.selectFrom('schedule_override').select('listing_id').execute()
  expect(overrides).toHaveLength(LISTINGS)
  expect(new Set(overrides.map(({ listing_id }) => listing_id)).size).toBe(LISTINGS)

  await vi.waitFor(
    async () => expect(await getChange(operator, id)).toMatchObject({ state: 'applied' }),
    patient,
  )
  await undoChange(operator, { changeId: id, reason: 'a test' })
  await vi.waitFor(
    async () => expect(await getChange(operator, id)).toMatchObject({ state: 'undone' }),
    patient,
  )
  const undone = await world.ctx.db.selectFrom('listing').select(['id', 'drop_from', 'override_id']).execute()
  const original = new Map(before.map((row) => [row.id, row.drop_from.getTime()]))
  expect(
    undone.every((row) => row.override_id === null && row.drop_from.getTime() === original.get(row.id)),
  ).toBe(true)
})

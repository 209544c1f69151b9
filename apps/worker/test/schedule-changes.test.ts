import { asService } from '@droplock/core/context'
import { applyChange } from '@droplock/core/schedule-changes/apply'
import { previewChange } from '@droplock/core/schedule-changes/preview'
import { getChange } from '@droplock/core/schedule-changes/read'
import { undoChange } from '@droplock/core/schedule-changes/undo'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenListings, givenRegistry, zone } from '../../../packages/core/test/support/world.ts'
import { killWaiting } from './support/locks.ts'
import { workerProcesses } from './support/worker-process.ts'
import { givenWorld, type World } from './support/world.ts'

const patient = { timeout: 60_000, interval: 5 }
const HOUR_SECONDS = 3_600
/** Enough for batches before and after each kill. */
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

/** Kills workers of a change one after another, each amid a batch: its listings have moved, and which they were is not yet written. */
async function killThree(id: string): Promise<void> {
  let before = 0
  for (const place of [1, 2, 3].map((quarter) => (quarter * LISTINGS) / 4)) {
    const at = `select listing_id from schedule_change_listing where change_id = $1 order by listing_id offset $2 limit 1`
    const lock = `select from schedule_change_listing where change_id = $1 and listing_id = (${at}) for update`
    await killWaiting(world, [lock, id, place], 'droplock-worker', workers.start)
    const { applied } = await progressOf(id)
    expect(applied).toBeGreaterThan(before)
    expect(applied).toBeLessThanOrEqual(place)
    before = applied
  }
}

test('workers that are killed in the middle of a change leave no listing half moved, and the next one goes on', async () => {
  const operator = asService(world.ctx)
  const action = { kind: 'shift', seconds: HOUR_SECONDS } as const
  const before = await world.ctx.db.selectFrom('listing').select(['id', 'drop_from']).execute()
  const { id } = await previewChange(operator, { action, filter: { zone: 'com' } })
  await applyChange(operator, { changeId: id, reason: 'a test' })
  await killThree(id)
  workers.start()
  await vi.waitFor(async () => expect(await progressOf(id)).toMatchObject({ waiting: 0 }), patient)
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

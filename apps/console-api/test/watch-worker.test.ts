import { recordHeartbeat } from '@droplock/core/alarms/raise'
import { onServer } from '@droplock/core/testing/server'
import { expect, test } from 'vitest'
import { openAlarms } from '../../../packages/core/test/support/world.ts'
import { workerLook } from '../src/watch-worker.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const SILENT_MS_MAX = 10_000

const pass = (seconds: number) =>
  onServer(world.url, (client) =>
    client.query('update worker_heartbeat set at = at - make_interval(secs => $1)', [seconds]),
  )

test('workers that have been silent for longer than a restart takes, twice running, are an alarm until one works', async () => {
  const { ctx } = world
  let nowMs = 0
  const look = workerLook(ctx, SILENT_MS_MAX, () => nowMs)
  nowMs = SILENT_MS_MAX
  await look()
  await look()
  expect(await openAlarms(ctx)).toEqual([])
  await recordHeartbeat(ctx)
  await pass(9)
  await look()
  await look()
  expect(await openAlarms(ctx)).toEqual([])
  await pass(2)
  await look()
  expect(await openAlarms(ctx)).toEqual([])
  await look()
  expect(await openAlarms(ctx)).toEqual(['worker_stopped worker'])
  await recordHeartbeat(ctx)
  expect(await openAlarms(ctx)).toEqual([])
})

test('a silence from before the start is none: everything may have been stopped', async () => {
  const { ctx } = world
  await recordHeartbeat(ctx)
  await pass(3_600)
  let nowMs = 0
  const look = workerLook(ctx, SILENT_MS_MAX, () => nowMs)
  nowMs = SILENT_MS_MAX - 1
  await look()
  await look()
  expect(await openAlarms(ctx)).toEqual([])
  nowMs = SILENT_MS_MAX
  await look()
  await look()
  expect(await openAlarms(ctx)).toEqual(['worker_stopped worker'])
})

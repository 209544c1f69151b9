import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onServer } from '@droplock/core/testing/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { passSilence, workerProcesses } from './support/worker-process.ts'
import { givenWorld, listedNames, listOf, REGISTRY, sourceRow, type World } from './support/world.ts'

const patient = { timeout: 30_000, interval: 50 }

let world: World
let folder: string
const workers = workerProcesses(() => world)

beforeEach(async () => {
  world = await givenWorld()
  folder = mkdtempSync(join(tmpdir(), 'droplock-feed-'))
})
afterEach(async () => {
  await workers.endAll()
  rmSync(folder, { recursive: true })
  await world.clone.drop()
})

const startWorker = () =>
  workers.start({ DROPLOCK_FEEDS: JSON.stringify([{ registryId: REGISTRY, path: folder }]) })

const runs = () =>
  world.ctx.db.selectFrom('sync_run').select(['id', 'state', 'failure']).orderBy('id').execute()

const stagedRows = async (runId: string | undefined) =>
  (
    await world.ctx.db
      .selectFrom('sync_row')
      .select('name')
      .where('run_id', '=', runId ?? '')
      .execute()
  ).length

test('a worker killed with -9 while it stages leaves no running run: it fails, and its source is read again', async () => {
  writeFileSync(join(folder, 'a_domain-drop-list.csv'), listOf(['a.test', 'b.test']))
  await onServer(world.clone.url, async (blocker) => {
    await blocker.query('begin')
    await blocker.query('lock table sync_row in access exclusive mode')
    const first = startWorker()
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ state: 'running' }]), patient)
    await workers.end(first, 'SIGKILL')
    await blocker.query('rollback')
  })
  startWorker()
  await passSilence(world, 'sync_run', 'alive_at')
  await vi.waitFor(
    async () =>
      expect(await runs()).toMatchObject([
        { state: 'failed', failure: 'The process that read the list ended before it was published.' },
      ]),
    patient,
  )
  const { claimed_until: freeAt } = await sourceRow(world)
  expect(freeAt?.getTime()).toBeLessThanOrEqual(Date.now() + 30_000)
  await passSilence(world, 'list_source', 'claimed_until')
  await vi.waitFor(
    async () => expect((await runs()).map(({ state }) => state)).toEqual(['failed', 'published']),
    patient,
  )
  expect(await stagedRows((await runs())[0]?.id)).toBe(0)
  expect(await listedNames(world)).toEqual(['a.test', 'b.test'])
})

test('a worker that stands still for longer than its claim publishes nothing when it goes on', async () => {
  writeFileSync(join(folder, 'a_domain-drop-list.csv'), listOf(['a.test']))
  const first = await onServer(world.clone.url, async (blocker) => {
    await blocker.query('begin')
    await blocker.query('lock table sync_row in access exclusive mode')
    const child = startWorker()
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ state: 'running' }]), patient)
    child.kill('SIGSTOP')
    await blocker.query('rollback')
    return child
  })
  await passSilence(world, 'sync_run', 'alive_at')
  await passSilence(world, 'list_source', 'claimed_until')
  startWorker()
  const states = async () => (await runs()).map(({ state }) => state)
  await vi.waitFor(async () => expect(await states()).toEqual(['failed', 'published']), patient)
  first.kill('SIGCONT')
  await workers.end(first, 'SIGTERM')
  expect(await states()).toEqual(['failed', 'published'])
  expect(await stagedRows((await runs())[0]?.id)).toBe(0)
})

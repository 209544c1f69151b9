import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { FetchRule } from '../src/feeds/fetch-sources.ts'
import { work } from '../src/worker.ts'
import { type ListServer, serveFile, startListServer } from './support/list-server.ts'
import {
  givenSource,
  givenWorld,
  listOf,
  moneyEvery,
  rule,
  runStates,
  sourceRow,
  type World,
} from './support/world.ts'

const patient = { timeout: 30_000, interval: 20 }
let world: World
let server: ListServer
let stop: AbortController
let working: Promise<unknown>

beforeEach(async () => {
  world = await givenWorld()
  stop = new AbortController()
  server = await startListServer(serveFile(listOf(['a.test'])))
  await givenSource(world, { address: server.url })
})
afterEach(async () => {
  stop.abort()
  await working
  await server.close()
  await world.clone.drop()
})

function startWorkers(count: number, publication: FetchRule['publication'] = 'at_once'): void {
  const options = {
    ctx: world.worker,
    logger: world.logger,
    poll: { ...rule, pollMs: 100, publication },
    sweepEvery: { openMs: 20, closeMs: 20, unsoldMs: 20, runsMs: 20, changesMs: 20 },
    moneyEvery,
  }
  working = Promise.all(Array.from({ length: count }, () => work(options, stop.signal)))
}

/** A publication window that begins in some hours. */
function windowAhead(): FetchRule['publication'] {
  const timeZone = new Date().getUTCHours() < 20 ? 'UTC' : 'Pacific/Honolulu'
  return { timeZone, from: '23:00', to: '23:59' }
}

const inMs = (ms: number) => new Date(Date.now() + ms)

/** When the name is published it is made to drop soon: otherwise a slow worker would find it too late. */
async function dropSoon(): Promise<void> {
  const published = expect.objectContaining({ event: 'list.published' })
  await vi.waitFor(() => expect(world.log).toContainEqual(published), patient)
  await world.ctx.db
    .updateTable('listing')
    .set({ cutoff_at: inMs(500), drop_from: inMs(1_000), drop_to: inMs(1_500) })
    .execute()
}

const states = async () =>
  (await world.ctx.db.selectFrom('listing').select('state').execute()).map((row) => row.state)

test('two workers move a listing through its life, each step once', async () => {
  startWorkers(2)
  await dropSoon()
  await vi.waitFor(async () => expect(await states()).toEqual(['unsold']), patient)
  const of = (name: string) => world.log.filter((event) => event.event === name)
  // Each step is logged after it is committed.
  const moved = () => of('sweep.unsold').reduce((sum, event) => sum + Number(event['moved']), 0)
  await vi.waitFor(() => expect(moved()).toBe(2), patient)
  await vi.waitFor(() => expect(of('sweep.close')).toMatchObject([{ closed: 1, armed: 0 }]), patient)
  expect(of('list.published')).toMatchObject([{ added: 1 }])
  expect(await runStates(world)).toEqual(['published'])
})

test('an upcoming listing opens when its time has come', async () => {
  const dayMs = 24 * 3_600_000
  server.answer = serveFile(listOf(['a.test'], new Date(Date.now() + 2 * dayMs)))
  startWorkers(1, windowAhead())
  // Logged when the publication has ended: it opens what is due too, and what opens after it is opened by the sweep.
  const published = expect.objectContaining({ event: 'list.published', lateness: 'early' })
  await vi.waitFor(() => expect(world.log).toContainEqual(published), patient)
  expect(await states()).toEqual(['upcoming'])
  await world.ctx.db.updateTable('listing').set({ opens_at: new Date() }).execute()
  await vi.waitFor(async () => expect(await states()).toEqual(['open']), patient)
  // It is logged after it is committed.
  const opened = expect.objectContaining({ event: 'sweep.open', opened: 1 })
  await vi.waitFor(() => expect(world.log).toContainEqual(opened), patient)
})

test('a source that fails is logged, and stops neither the sweeps nor its next poll', async () => {
  server.answer = (_request, response) => response.writeHead(503).end()
  startWorkers(1)
  await vi.waitFor(
    () => expect(world.log).toMatchObject([{ event: 'source.fetch', level: 'error' }]),
    patient,
  )
  server.answer = serveFile(listOf(['a.test']))
  await dropSoon()
  await vi.waitFor(async () => expect(await states()).toEqual(['unsold']), patient)
})

test('on abort a worker ends its work and releases a stalled source', async () => {
  server.answer = (_request, response) => void response.writeHead(200).write('TLD,DOMAIN,EXPIRED,PURGED\n')
  startWorkers(1)
  await vi.waitFor(() => expect(server.requests).toHaveLength(1), patient)
  stop.abort()
  await working
  const source = await sourceRow(world)
  expect(source.claimed_by).toBeNull()
  expect(source.next_try_at.getTime()).toBeLessThanOrEqual(Date.now() + 1_000)
  expect(world.log).toEqual([])
})

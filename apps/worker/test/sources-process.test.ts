import { asService } from '@droplock/core/context'
import { changeSource, disableSource, enableSource } from '@droplock/core/sources/administer'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ListServer, serveFile, serveSlowly, startListServer } from './support/list-server.ts'
import { passSilence, workerProcesses } from './support/worker-process.ts'
import {
  givenSource,
  givenWorld,
  listedNames,
  listOf,
  REGISTRY,
  runStates,
  sourceRow,
  type World,
} from './support/world.ts'

// Sources as the worker's process reads them, with lists that come over HTTP.

const patient = { timeout: 30_000, interval: 50 }
let world: World
let server: ListServer
const workers = workerProcesses(() => world)

beforeEach(async () => {
  world = await givenWorld()
  server = await startListServer(serveFile(listOf(['a.test'])))
})
afterEach(async () => {
  await workers.endAll()
  await server.close()
  await world.clone.drop()
})

const shows = (states: readonly string[]) =>
  vi.waitFor(async () => expect(await runStates(world)).toEqual(states), patient)
const lists = (names: readonly string[]) =>
  vi.waitFor(async () => expect(await listedNames(world)).toEqual(names), patient)

test('a worker killed with -9 in the middle of a slow download leaves no running run: it fails, and the source is read again', async () => {
  await givenSource(world, { address: server.url })
  const slow = serveSlowly(listOf(['a.test', 'b.test']), 40)
  server.answer = slow.answer
  const first = workers.start()
  await shows(['running'])
  // What it read is written once a second.
  const readSome = () => world.ctx.db.selectFrom('sync_run').select('octets_read').executeTakeFirstOrThrow()
  await vi.waitFor(async () => expect(await readSome()).toEqual({ octets_read: 40n }), patient)
  await workers.end(first, 'SIGKILL')
  server.answer = serveFile(listOf(['a.test', 'b.test']))
  workers.start()
  await passSilence(world, 'sync_run', 'alive_at')
  await shows(['failed'])
  const failed = await world.ctx.db.selectFrom('sync_run').selectAll().executeTakeFirstOrThrow()
  expect(failed).toMatchObject({ failure_code: 'interrupted', octets_read: 40n })
  // The claim lapses half a minute after the worker's end, without anybody's help.
  const { claimed_until: freeAt } = await sourceRow(world)
  expect(freeAt?.getTime()).toBeLessThanOrEqual(Date.now() + 30_000)
  await passSilence(world, 'list_source', 'claimed_until')
  await shows(['failed', 'published'])
  await lists(['a.test', 'b.test'])
})

test('sources that are added, changed, disabled and enabled are taken up by a worker that runs', async () => {
  const operator = asService(world.ctx)
  workers.start()
  const id = await givenSource(world, { address: server.url })
  await lists(['a.test'])
  const other = await startListServer(serveFile(listOf(['b.test'])))
  try {
    const change = {
      id,
      terms: { address: other.url, scopeKind: 'increment' },
      reason: 'it has moved',
    } as const
    await changeSource(operator, change, () => true)
    await lists(['a.test', 'b.test'])
    await disableSource(operator, { id, reason: 'for now' })
    const whileDisabled = other.requests.length
    other.answer = serveFile(listOf(['c.test']), '"v2"')
    // The next source is fetched meanwhile: so the worker has looked, and left the disabled one alone.
    await givenSource(world, { address: `${server.url}?again`, scopeKind: 'increment' })
    await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(2), patient)
    expect(other.requests.length - whileDisabled).toBeLessThanOrEqual(1)
    await enableSource(operator, { id, reason: 'again' })
    await lists(['a.test', 'b.test', 'c.test'])
  } finally {
    await other.close()
  }
})

test('the setting seeds a source once: afterwards its row counts, whatever the setting says', async () => {
  const feeds = (scope: string) => ({
    DROPLOCK_FEEDS: JSON.stringify([{ registryId: REGISTRY, url: withPassword(server.url), scope }]),
  })
  const first = workers.start(feeds('increment'))
  await lists(['a.test'])
  const seeded = await sourceRow(world)
  expect(seeded).toMatchObject({ address: server.url, scope_kind: 'increment', credentials: server.url })
  const basic = `Basic ${Buffer.from('me:hidden').toString('base64')}`
  expect(server.requests[0]?.authorization).toBe(basic)
  await workers.end(first, 'SIGTERM')
  await changeSource(
    asService(world.ctx),
    { id: seeded.id, terms: { precedence: 7 }, reason: 'better' },
    () => true,
  )
  server.answer = serveFile(listOf(['b.test']), '"v2"')
  workers.start(feeds('snapshot'))
  await lists(['a.test', 'b.test'])
  const rows = await world.ctx.db.selectFrom('list_source').select(['scope_kind', 'precedence']).execute()
  expect(rows).toEqual([{ scope_kind: 'increment', precedence: 7 }])
})

test('a source of the release before, of which only the health is known, is described and enabled by the setting', async () => {
  const id = await givenSource(world, { address: server.url, lateAfterSeconds: null })
  await world.ctx.db.updateTable('list_source').set({ configured_at: null, enabled: false }).execute()
  workers.start({
    DROPLOCK_FEEDS: JSON.stringify([{ registryId: REGISTRY, url: server.url, lateAfterHours: 3 }]),
  })
  await lists(['a.test'])
  expect(await sourceRow(world)).toMatchObject({ id, enabled: true, late_after_seconds: 10_800 })
})

function withPassword(url: string): string {
  return url.replace('//', '//me:hidden@')
}

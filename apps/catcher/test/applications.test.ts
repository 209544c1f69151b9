import type { ChildProcess } from 'node:child_process'
import { afterEach, expect, test } from 'vitest'
import { proveMoney, violationsOf } from './support/outcomes.ts'
import { endGently, LEASE, spawnCatcher } from './support/process.ts'
import { type DroppingName, startTestbed, type Testbed, TRANSIT_MS_MAX } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NAMES = 500

/** Three hours at a real registry. What the catcher does meanwhile depends on the messages alone, not on how long it takes. */
const PERIOD_MS = 60_000

/** One name in so many goes to a rival, whose application is first. */
const RIVAL_EVERY = 4

let testbed: Testbed
let catcher: ChildProcess | undefined

afterEach(async () => {
  catcher?.kill('SIGKILL')
  catcher = undefined
  await testbed.end()
})

const names: readonly DroppingName[] = Array.from({ length: NAMES }, (_, index) => ({
  name: `name-${index}.test`,
  kind: 'normal',
  priorClid: 'registrar-12',
  rivals: index % RIVAL_EVERY === 0 ? [{ clid: 'rival-a', delayMs: 1 }] : [],
}))

/** How many orders are in each state, or failed with each reason. */
async function ends(): Promise<Record<string, number>> {
  const orders = await testbed.clone.db.selectFrom('backorder').select(['state', 'failure_reason']).execute()
  const byEnd = Map.groupBy(orders, ({ state, failure_reason }) => failure_reason ?? state)
  return Object.fromEntries([...byEnd].map(([end, some]) => [end, some.length]))
}

/** For each name when it was applied for, and its later `info` commands; and when the message about it was read. */
async function readApplications() {
  const { db } = testbed.clone
  const targets = await db.selectFrom('catch_target').select(['id', 'name', 'holder_clid', 'state']).execute()
  const attempts = Map.groupBy(
    await db.selectFrom('catch_attempt').select(['target_id', 'command', 'code', 'sent_at']).execute(),
    ({ target_id }) => target_id,
  )
  const messages = await db.selectFrom('registry_message').select(['about', 'received_at']).execute()
  return targets.map(({ id, name, holder_clid: holder, state }) => {
    const sent = attempts.get(id) ?? []
    const applied = sent.find(({ code }) => code === 1001)
    const about = messages.filter((message) => message.about === name)
    const infos = sent.filter(
      ({ command, sent_at }) => command === 'info' && applied && sent_at > applied.sent_at,
    )
    const early = infos.filter(({ sent_at }) => about.every(({ received_at }) => sent_at < received_at))
    return { name, holder, state, messages: about.length, infos: infos.length, early: early.length }
  })
}

test('500 applications are decided by their messages, read once over lost connections, with one info for each', async () => {
  testbed = await startTestbed(
    { profile: 'dropzone-like', dropPort: 0, dropzone: { periodMs: PERIOD_MS } },
    { release: 'applications', graceSeconds: 3_600 },
    {
      profile: 'dropzone-like',
      limits: { sessionsMax: 8, commandsPerSecondMax: 96, transitMsMax: TRANSIT_MS_MAX },
    },
  )
  catcher = spawnCatcher(testbed, LEASE)
  await testbed.order(names, 20_000, 30_000)
  await waitUntil('all are applied for', async () =>
    testbed.simulator.truth('sim').every(({ arrivals }) => arrivals.some(({ code }) => code === 1001)),
  )
  // Answers to polls, and an answer to an acknowledgement, that never arrive.
  await testbed.post('faults', { kind: 'cut_after_commit', on: 'any', commands: ['poll'], count: 4 })
  await waitUntil('every order is decided', async () => !('registering' in (await ends())), 150_000)
  const truths = testbed.simulator.truth('sim')
  const won = truths.filter(({ winner }) => winner?.clID === 'droplock').length
  // The first name may be applied for before the rival does.
  expect(NAMES - won).toBeGreaterThan(NAMES / RIVAL_EVERY / 2)
  expect(await ends()).toEqual({ successful: won, lost: NAMES - won })
  const applications = await readApplications()
  expect(applications.filter(({ messages }) => messages !== 1)).toEqual([])
  expect(applications.filter(({ early }) => early > 0)).toEqual([])
  expect(applications.filter(({ infos }) => infos !== 1)).toEqual([])
  const winners = applications.filter(({ state }) => state === 'lost').map(({ holder }) => holder)
  expect(new Set(winners)).toEqual(new Set(['rival-a']))
  expect(await violationsOf(testbed)).toMatchObject({ sessions: 0, rate: 0 })
  await proveMoney(testbed)
  expect(await endGently(catcher)).toBe(0)
  catcher = undefined
}, 300_000)

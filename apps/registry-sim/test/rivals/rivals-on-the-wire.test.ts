import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { startTestbed, type Testbed, until } from '../support/testbed.ts'

let testbed: Testbed | undefined
afterEach(() => testbed?.stop())

const accounts = [
  { clid: 'droplock', password: 'sim-secret-1' },
  { clid: 'rival-a', password: 'sim-secret-a', limits: { sessionsMax: 3, commandsPerSecondMax: 50 } },
]

/** Ten names that drop soon, and late enough that a rival has read the list before. */
async function drop({ post }: Testbed): Promise<string[]> {
  const names = Array.from({ length: 10 }, (_, index) => `name${index}.pl`)
  const purgeAt = new Date(Date.now() + 10_000).toISOString()
  await post('names', { names: names.map((name) => ({ name, kind: 'normal', purgeAt, rivals: [] })) })
  return names
}

function winners({ simulator }: Testbed): (string | undefined)[] {
  return simulator.truth('sim').map(({ winner }) => winner?.clID)
}

test('a rival of full strength takes names over TLS, polling with creates before the purge, within its limits', async () => {
  testbed = await startTestbed({ accounts, rivals: [], wireRivals: [{ clid: 'rival-a' }] })
  const running = testbed
  await drop(running)
  await until(() => winners(running).every((clID) => clID === 'rival-a'))
  const arrivals = running.simulator.truth('sim').flatMap((name) => name.arrivals)
  expect(arrivals.some(({ code }) => code === 2302)).toBe(true)
  const body: { accounts: { clid: string; used: { sessionsPeak: number }; violations: { rate: number } }[] } =
    JSON.parse(await running.get('violations'))
  const rival = body.accounts.find(({ clid }) => clid === 'rival-a')
  expect(rival?.used.sessionsPeak).toBe(3)
  expect(rival?.violations.rate).toBe(0)
})

test('a rival’s strength is the share of its sessions that it uses', async () => {
  testbed = await startTestbed({ accounts, rivals: [], wireRivals: [{ clid: 'rival-a', strength: 0.4 }] })
  const running = testbed
  await drop(running)
  await until(() => winners(running).every((clID) => clID === 'rival-a'))
  expect(await running.get('violations')).toContain('"sessionsPeak":1')
})

test.each([
  ['at an even pace', false],
  ['when it is worth most', true],
])(
  'a rival that knows the order of a batch and sends %s takes clearly more of it than one of equal means that loops, within its limits',
  async (_manner, timesCommands) => {
    const limits = { sessionsMax: 2, commandsPerSecondMax: 40 }
    testbed = await startTestbed({
      release: 'daily',
      accounts: ['rival-a', 'rival-b'].map((clid) => ({ clid, password: 'sim-secret-1', limits })),
      ownClid: 'rival-a',
      rivals: [],
      wireRivals: [{ clid: 'rival-a', knowsOrder: true, timesCommands }, { clid: 'rival-b' }],
    })
    const running = testbed
    const names = Array.from({ length: 60 }, (_, index) => ({
      name: `n${index}.pl`,
      kind: 'normal',
      rivals: [],
    }))
    await running.post('names', { names })
    const startAt = new Date(Date.now() + 2000).toISOString()
    await running.post('batches', { startAt, paceMs: 60, jitterMsMax: 20, driftMsMax: 500 })
    await until(() => winners(running).every((clID) => clID !== undefined))
    const ordered = winners(running).filter((clID) => clID === 'rival-a').length
    expect(ordered).toBeGreaterThan(names.length * 0.6)
    expect(await running.get('violations')).not.toMatch(/"rate":[1-9]/)
  },
)

test('a rival without an account is refused when the simulator starts', async () => {
  await expect(startTestbed({ accounts, wireRivals: [{ clid: 'unknown' }] })).rejects.toThrow(
    'no account at sim',
  )
})

test('a rival in a process of its own takes names, and a SIGTERM ends it with 0', async () => {
  testbed = await startTestbed({ accounts, rivals: [] })
  const running = testbed
  const folder = await mkdtemp(join(tmpdir(), 'sim-rival-'))
  await writeFile(join(folder, 'ca.pem'), running.registry.ca)
  const main = fileURLToPath(new URL('../../src/rivals/main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], {
    env: {
      DROPLOCK_RIVAL_CONTROL: running.simulator.control,
      DROPLOCK_RIVAL_REGISTRY: 'sim',
      DROPLOCK_RIVAL_CA_FILE: join(folder, 'ca.pem'),
      DROPLOCK_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = once(child, 'exit')
  // It says that it has started. A name is on the list until its drop, which a busy process could miss.
  if (child.stdout) await once(child.stdout, 'data')
  await drop(running)
  await until(() => winners(running).every((clID) => clID === 'rival-a'))
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  await rm(folder, { recursive: true })
})

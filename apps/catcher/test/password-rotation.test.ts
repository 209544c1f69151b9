import type { ChildProcess } from 'node:child_process'
import { asService } from '@droplock/core/context'
import { requestPasswordChange } from '@droplock/core/password-changes/request'
import { connectRegistrar } from '@droplock/epp/connect'
import { afterEach, expect, test } from 'vitest'
import { allDecided, outcomes, proveMoney, sessionsOf, violationsOf } from './support/outcomes.ts'
import { credentialsOf, endGently, killHard, LEASE, spawnCatcher } from './support/process.ts'
import {
  ACCOUNT,
  type DroppingName,
  PASSWORD,
  SESSIONS_MAX,
  startTestbed,
  type Testbed,
} from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NEXT = 'next-secret-2'

let testbed: Testbed
const running = new Set<ChildProcess>()

afterEach(async () => {
  for (const catcher of running) catcher.kill('SIGKILL')
  running.clear()
  await testbed.end()
})

/** A catcher that has both passwords. */
function start(): ChildProcess {
  const credentials = credentialsOf(testbed, PASSWORD, {}, ACCOUNT, { '2027': NEXT })
  const catcher = spawnCatcher(testbed, { ...credentials, ...LEASE })
  running.add(catcher)
  catcher.once('exit', () => running.delete(catcher))
  return catcher
}

const hasAllSessions = async () => (await sessionsOf(testbed)) === SESSIONS_MAX

function request(): Promise<void> {
  const change = { registryAccountId: ACCOUNT, passwordName: '2027', reason: 'it expires' }
  return requestPasswordChange(asService(testbed.buyer), change)
}

const readChange = () =>
  testbed.clone.db
    .selectFrom('password_change')
    .innerJoin('registry_account', 'registry_account.id', 'registry_account_id')
    .select(['state', 'attempts', 'password_name'])
    .executeTakeFirstOrThrow()

const isIn = (state: string) => async () => (await readChange()).state === state

/** Whether the fault that was asked for has happened. */
async function isInjected(): Promise<boolean> {
  const answer = await fetch(`${testbed.simulator.control}/registries/sim/faults`)
  return JSON.stringify(await answer.json()).includes('"injected":1')
}

/** Whether the registry lets us in with a password, by a client of its own. */
async function isAccepted(password: string): Promise<boolean> {
  const { host, port, ca } = testbed.registry
  try {
    const pool = await connectRegistrar({
      endpoint: { host, port, ca },
      credentials: { clID: 'droplock', password },
      limits: { sessionsMax: 1, commandsPerSecondMax: 20, idleMsMax: 600_000 },
    })
    await pool.close()
    return true
  } catch (error) {
    expect(error).toMatchObject({ permanentCode: 2200 })
    return false
  }
}

/** A rival comes two seconds after the release: who fires in time has them. */
const names: readonly DroppingName[] = Array.from({ length: 8 }, (_, index) => ({
  name: `ours-${index}.test`,
  kind: 'normal',
  rivals: [{ clid: 'rival-a', delayMs: 2_000 }],
}))

/** By the registry: from then on no session is needed, however late the results are written here. */
const allCaught = (): boolean =>
  testbed.simulator.truth('sim').every(({ winner }) => winner?.clID === 'droplock')

const allOurs = Object.fromEntries(names.map(({ name }) => [name, 'successful']))

test.each([
  ['shortly before a window', async (): Promise<void> => undefined],
  [
    'in a window',
    (): Promise<void> =>
      waitUntil('names are tried', async (): Promise<boolean> => {
        const firing = testbed.clone.db.selectFrom('catch_target').select('id').where('state', '=', 'firing')
        return (await firing.execute()).length > 0
      }),
  ],
] as const)(
  'a password whose change is requested %s is changed after it: no session is missing, every name is tried in time, and then the old one is refused',
  { timeout: 180_000 },
  async (_, until) => {
    testbed = await startTestbed({})
    const catcher = start()
    await waitUntil('it has all its sessions', hasAllSessions)
    await testbed.order(names, 5_000)
    await until()
    await request()
    const seen = new Set<string>()
    await waitUntil('every name is ours', async () => {
      const open = await sessionsOf(testbed)
      const { state } = await readChange()
      const isOver = allCaught()
      if (!isOver) seen.add(`${state} ${open}`)
      return isOver
    })
    expect([...seen]).toEqual([`requested ${SESSIONS_MAX}`])
    await waitUntil('every name is decided', () => allDecided(testbed))
    expect(await outcomes(testbed)).toEqual(allOurs)
    await waitUntil('the change has succeeded', isIn('succeeded'))
    expect(await readChange()).toMatchObject({ attempts: 1, password_name: '2027' })
    await waitUntil('it has all its sessions again', hasAllSessions)
    expect(await endGently(catcher)).toBe(0)
    expect(await violationsOf(testbed)).toMatchObject({ login: 0, sessions: 0 })
    expect([await isAccepted(PASSWORD), await isAccepted(NEXT)]).toEqual([false, true])
    await proveMoney(testbed)
  },
)

test.each([
  ['before the registry has read it', 'stall_before_commit', { wrong: 1, attempts: 2 }],
  ['after the registry has changed it', 'stall_after_commit', { wrong: 0, attempts: 1 }],
] as const)(
  'of two catchers of one account one is killed with -9 %s: the other finds out which password is in force, and catches',
  { timeout: 180_000 },
  async (_, kind, { wrong, attempts }) => {
    testbed = await startTestbed({})
    const first = start()
    await waitUntil('it has all its sessions', hasAllSessions)
    start()
    await testbed.post('faults', { kind, on: 'any', commands: ['login'], count: 1 })
    await request()
    await waitUntil('the login is on its way', isIn('sent'))
    await waitUntil('the registry has it', isInjected)
    await killHard(first)
    await waitUntil('the other has found out', isIn('succeeded'))
    expect(await readChange()).toMatchObject({ attempts, password_name: '2027' })
    await testbed.order(names, 6_000)
    await waitUntil('every name is decided', () => allDecided(testbed))
    expect(await outcomes(testbed)).toEqual(allOurs)
    expect(await violationsOf(testbed)).toMatchObject({ login: wrong, sessions: 0 })
    await proveMoney(testbed)
  },
)

test('a catcher that takes over while names drop, after its predecessor died in a login that changes the password, only finds out which one is in force until they are decided', {
  timeout: 180_000,
}, async () => {
  testbed = await startTestbed({})
  const first = start()
  await waitUntil('it has all its sessions', hasAllSessions)
  await testbed.post('faults', { kind: 'stall_before_commit', on: 'any', commands: ['login'], count: 1 })
  await request()
  await waitUntil('the login is on its way', isIn('sent'))
  await waitUntil('the registry has it', isInjected)
  await killHard(first)
  await testbed.order(names, 20_000)
  start()
  const seen = new Set<string>()
  await waitUntil('every name is decided', async () => {
    const { state, attempts } = await readChange()
    const isOver = await allDecided(testbed)
    if (!isOver) seen.add(`${state} ${attempts}`)
    return isOver
  })
  expect([...seen]).toEqual(['sent 1', 'requested 1'])
  expect(await outcomes(testbed)).toEqual(allOurs)
  await waitUntil('the change has succeeded', isIn('succeeded'))
  expect(await violationsOf(testbed)).toMatchObject({ login: 1, sessions: 0 })
})

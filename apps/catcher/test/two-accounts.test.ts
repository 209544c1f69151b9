import type { ChildProcess } from 'node:child_process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { NameTruth } from '../../registry-sim/src/registry/truth.ts'
import { allDecided, outcomes, proveMoney, violationsOf } from './support/outcomes.ts'
import { credentialsOf, endGently, killHard, spawnCatcher } from './support/process.ts'
import { addSecondAccount, SECOND, twoAccounts } from './support/second-account.ts'
import {
  ACCOUNT,
  COMMANDS_PER_SECOND_MAX,
  type DroppingName,
  SESSIONS_MAX,
  startTestbed,
  type Testbed,
  TRANSIT_MS_MAX,
} from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

/** Of each kind. */
const NAMES = 12

let testbed: Testbed
const running = new Set<ChildProcess>()

beforeEach(async () => {
  const rates = { commandsPerSecondMax: COMMANDS_PER_SECOND_MAX, transitMsMax: TRANSIT_MS_MAX }
  testbed = await startTestbed(
    { accounts: twoAccounts },
    {},
    { limits: { sessionsMax: SESSIONS_MAX, ...rates } },
  )
  // Slower, so that the first one wins names before it is killed.
  await addSecondAccount(testbed, 10, { transitMsMax: TRANSIT_MS_MAX })
})

afterEach(async () => {
  for (const catcher of running) catcher.kill('SIGKILL')
  running.clear()
  await testbed.end()
})

function start(accountId: string): ChildProcess {
  const catcher = spawnCatcher(testbed, credentialsOf(testbed, undefined, {}, accountId))
  running.add(catcher)
  catcher.once('exit', () => running.delete(catcher))
  return catcher
}

const names: readonly DroppingName[] = Array.from({ length: NAMES }, (_, index) => [
  { name: `won-${index}.test`, kind: 'normal', rivals: [] } as const,
  { name: `lost-${index}.test`, kind: 'normal', rivals: [{ clid: 'rival-a', delayMs: 1 }] } as const,
  { name: `kept-${index}.test`, kind: 'unreleased', priorClid: SECOND.clid } as const,
]).flat()

const truths = () => testbed.simulator.truth('sim')

/** The end of an order by the simulator's truth, and who holds the name for us. */
function expected({ winner }: NameTruth): string {
  if (winner === null) return 'missed'
  return [ACCOUNT, SECOND.id].includes(accountIdOf(winner.clID)) ? 'successful' : 'lost'
}

function accountIdOf(clid: string): string {
  return { droplock: ACCOUNT, [SECOND.clid]: SECOND.id }[clid] ?? clid
}

test('two catchers with an account each try the same names, and one is killed in the middle: every name ends as the registry has it', async () => {
  const first = start(ACCOUNT)
  const second = start(SECOND.id)
  await waitUntil('both accounts have sessions', async () => {
    const driven = await testbed.clone.db.selectFrom('registry_account').select('driven_epoch').execute()
    return driven.every(({ driven_epoch }) => driven_epoch !== null)
  })
  await testbed.order(names, 4_000, 2_000)
  await waitUntil('the first account has a name', async () =>
    truths().some(({ winner }) => winner?.clID === 'droplock'),
  )
  await killHard(first)
  const successor = start(ACCOUNT)
  await waitUntil('every name is decided', () => allDecided(testbed))
  const ends = Object.fromEntries(truths().map((truth) => [truth.name, expected(truth)]))
  expect(await outcomes(testbed)).toEqual(ends)
  const registrations = await testbed.clone.db
    .selectFrom('registration')
    .innerJoin('registry_charge', 'registry_charge.backorder_id', 'registration.backorder_id')
    .select([
      'registration.name',
      'registration.registry_account_id as held',
      'registry_charge.registry_account_id as charged',
    ])
    .execute()
  for (const { name, held, charged } of registrations) {
    const winner = truths().find((truth) => truth.name === name)?.winner
    expect([name, held, charged]).toEqual([
      name,
      accountIdOf(winner?.clID ?? ''),
      accountIdOf(winner?.clID ?? ''),
    ])
  }
  expect(new Set(registrations.map(({ held }) => held))).toEqual(new Set([ACCOUNT, SECOND.id]))
  for (const clid of ['droplock', SECOND.clid])
    expect(await violationsOf(testbed, clid)).toMatchObject({ sessions: 0, rate: 0 })
  await proveMoney(testbed)
  expect(await endGently(second)).toBe(0)
  expect(await endGently(successor)).toBe(0)
})

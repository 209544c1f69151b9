import type { ChildProcess } from 'node:child_process'
import { asService } from '@droplock/core/context'
import { approveProposal } from '@droplock/core/proposals/approve'
import { proposeRegistryStop } from '@droplock/core/proposals/propose-registry-stop'
import { restartRegistry } from '@droplock/core/registry-stops/restart'
import { stopRegistry } from '@droplock/core/registry-stops/stop'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { givenOperator } from './support/contacts.ts'
import { allDecided, outcomes, proveMoney } from './support/outcomes.ts'
import { credentialsOf, killHard, problemsOf, type Served, spawnServed } from './support/process.ts'
import { addSecondAccount, SECOND, twoAccounts } from './support/second-account.ts'
import { ACCOUNT, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const WINDOW_MS = 60_000

let testbed: Testbed
const running = new Set<ChildProcess>()

beforeEach(async () => {
  testbed = await startTestbed({ accounts: twoAccounts }, { graceSeconds: 60 })
  await addSecondAccount(testbed)
})

afterEach(async () => {
  for (const catcher of running) catcher.kill('SIGKILL')
  running.clear()
  await testbed.end()
})

async function start(accountId: string): Promise<Served> {
  const served = await spawnServed(testbed, credentialsOf(testbed, undefined, {}, accountId))
  running.add(served.child)
  served.child.once('exit', () => running.delete(served.child))
  return served
}

/** When the registry got a create of ours. */
function arrivals(): readonly Date[] {
  const ours = testbed.simulator
    .truth('sim')
    .flatMap((truth) => truth.arrivals.filter(({ clID }) => clID === 'droplock' || clID === SECOND.clid))
  return ours.map(({ at }) => new Date(at))
}

test('after two people stop a registry in a drop no account of ours sends a create, also after a restart of a catcher, and goes on when it is restarted', async () => {
  const first = await start(ACCOUNT)
  const second = await start(SECOND.id)
  await testbed.order(
    [
      { name: 'kept.test', kind: 'unreleased', priorClid: 'registrar-12' },
      { name: 'late.test', kind: 'unreleased', priorClid: 'registrar-12' },
    ],
    1_500,
    WINDOW_MS,
  )
  await waitUntil('both accounts send creates', async () =>
    ['droplock', SECOND.clid].every((clid) =>
      testbed.simulator.truth('sim').some((truth) => truth.arrivals.some(({ clID }) => clID === clid)),
    ),
  )
  // The first creates are sent a moment before it.
  await waitUntil('the window has begun', async () => {
    const targets = await testbed.clone.db.selectFrom('catch_target').select('drop_from').execute()
    return targets.every(({ drop_from }) => drop_from.getTime() < Date.now())
  })
  const stop = { registryId: 'sim', reason: 'a fault of the registry' }
  await expect(stopRegistry(asService(testbed.buyer), stop)).rejects.toMatchObject({
    code: 'stop_needs_two_people',
  })
  const proposalId = await proposeRegistryStop(await givenOperator(testbed), stop)
  await approveProposal(await givenOperator(testbed), { proposalId })
  for (const catcher of [first, second])
    await waitUntil('it says so', async () => (await problemsOf(catcher)).includes('registry_stopped'))
  const saidMs = Date.now()
  await killHard(first.child)
  const successor = await start(ACCOUNT)
  await waitUntil('the successor has the account, and says so', async () =>
    (await problemsOf(successor)).includes('registry_stopped'),
  )
  const alarms = await (await testbed.today()).alarms()
  expect(alarms.map(({ kind, subject }) => `${kind} ${subject}`)).toContain('registry_stopped sim')
  // Several seconds by now. What was on its way then has arrived, and nothing was sent since.
  const lastMs = Math.max(...arrivals().map((at) => at.getTime()))
  expect(lastMs - saidMs).toBeLessThan(1_000)
  const before = arrivals().length
  await restartRegistry(await givenOperator(testbed), { registryId: 'sim', reason: 'it is corrected' })
  await waitUntil('creates are sent again', async () => arrivals().length > before)
  for (const catcher of [second, successor])
    await waitUntil('it is ready', async () => (await problemsOf(catcher)).length === 0)
})

test('a name that was ours before the stop is settled during it, and one that is free is caught after it', async () => {
  await start(ACCOUNT)
  await testbed.post('faults', { kind: 'cut_after_commit', on: 'commit', names: ['ours.test'], count: 1 })
  await testbed.secure([{ name: 'ours.test' }, { name: 'free.test' }])
  const purgeAt = new Date(Date.now() + 1_500)
  await testbed.post('names', {
    names: ['ours.test', 'free.test'].map((name) => ({
      name,
      kind: 'normal',
      rivals: [],
      purgeAt: new Date(purgeAt.getTime() + (name === 'free.test' ? 4_000 : 0)).toISOString(),
    })),
  })
  await testbed.close(purgeAt, WINDOW_MS)
  await waitUntil('the first name is registered for us', async () =>
    testbed.simulator.truth('sim').some(({ winner }) => winner?.clID === 'droplock'),
  )
  const stop = { registryId: 'sim', reason: 'a fault of the registry' }
  const proposalId = await proposeRegistryStop(await givenOperator(testbed), stop)
  await approveProposal(await givenOperator(testbed), { proposalId })
  await waitUntil(
    'the first name is settled',
    async () => (await outcomes(testbed))['ours.test'] === 'successful',
  )
  await waitUntil('the second name is free', async () =>
    testbed.simulator
      .truth('sim')
      .some(({ name, releasedAt }) => name === 'free.test' && releasedAt !== null),
  )
  await restartRegistry(await givenOperator(testbed), { registryId: 'sim', reason: 'it is corrected' })
  await waitUntil('the second name is settled', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful', 'free.test': 'successful' })
  await proveMoney(testbed)
})

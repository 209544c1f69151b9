import { afterEach, beforeEach, expect, test } from 'vitest'
import { givenOperator, setContacts } from './support/contacts.ts'
import { allDecided, outcomes } from './support/outcomes.ts'
import { LEASE, type Served, spawnServed } from './support/process.ts'
import { catchAll, decided, renewFor } from './support/renewals.ts'
import { ACCOUNT, SESSIONS_MAX, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

let testbed: Testbed
let served: Served | undefined
beforeEach(async () => {
  testbed = await startTestbed()
})
afterEach(async () => {
  served?.child.kill('SIGKILL')
  await testbed.end()
})

/** The series of a server's `/metrics` with this prefix, with their values. */
async function read(url: string, prefix: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const lines = text.split('\n').filter((line) => line.startsWith(prefix))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

const sum = (series: ReadonlyMap<string, number>) => [...series.values()].reduce((all, each) => all + each, 0)

test('a catcher counts every create that it sends: as many as its evidence and the registry have', async () => {
  const { ready, url } = (served = await spawnServed(testbed, LEASE))
  await waitUntil('the catcher is ready', async () => (await ready())?.status === 200)
  await testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 1_500)
  const [window] = await read(url, 'droplock_catcher_next_window_seconds{')
  expect(window?.[1]).toBeLessThan(10)
  await waitUntil('the name is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })

  await waitUntil('it has all its sessions', async () => {
    return sum(await read(url, 'droplock_catcher_sessions{')) === SESSIONS_MAX
  })
  expect(await read(url, 'droplock_catcher_lease_held{')).toEqual(
    new Map([[`droplock_catcher_lease_held{account="${ACCOUNT}"}`, 1]]),
  )
  const creates = `droplock_catcher_commands_total{account="${ACCOUNT}",command="create",code="`
  expect(await read(url, `${creates}1000`)).toEqual(new Map([[`${creates}1000"}`, 1]]))
  const sent = sum(await read(url, creates))
  const kept = testbed.clone.db.selectFrom('catch_attempt').select('cltrid').where('command', '=', 'create')
  await waitUntil('all evidence is kept', async () => (await kept.execute()).length === sent)
  const leaseState = 'droplock_sim_creates_total{registry="sim",account="droplock"'
  expect(sum(await read(testbed.simulator.control, leaseState))).toBe(sent)
})

test('every command is counted: in total as many as the registry received from a session', async () => {
  // However long the contact takes.
  await testbed.setZone({ contactRoles: ['registrant'], graceSeconds: 60 })
  await setContacts(await givenOperator(testbed))
  const { url } = (served = await spawnServed(testbed))
  await catchAll(testbed, ['ours.test'])
  await decided(testbed, await renewFor(testbed, 'ours.test'))

  const commands = `droplock_catcher_commands_total{account="${ACCOUNT}",command="`
  for (const [command, code, atLeast] of [
    ['login', '1000', SESSIONS_MAX],
    ['hello', 'greeting', 1],
    ['contact_create', '1000', 1],
    ['create', '1000', 1],
    ['renew', '1000', 1],
    ['info', '1000', 1],
  ] as const)
    expect(sum(await read(url, `${commands}${command}",code="${code}"`)), command).toBeGreaterThanOrEqual(
      atLeast,
    )
  const leaseState = 'droplock_sim_commands_total{registry="sim",account="droplock"'
  await waitUntil('the registry has leaseState as many', async () => {
    const counted = sum(await read(url, commands)) - sum(await read(url, `${commands}login"`))
    return counted === sum(await read(testbed.simulator.control, leaseState))
  })
})

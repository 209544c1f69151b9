import { closeAlarm } from '@droplock/core/alarms/close'
import { asService, type StaffContext } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { addStaff } from '@droplock/core/staff/administer'
import { afterEach, expect, test } from 'vitest'
import { allDecided, isOpen, openAlarms, outcomes, proveMoney, violationsOf } from './support/outcomes.ts'
import { endGently, problemsOf, type Served, spawnServed } from './support/process.ts'
import { ACCOUNT, PASSWORD, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 180_000
/** The most logins within 20 s of refusals, which is how long the catcher waits for its first session. */
const LOGINS_MAX = 8

let testbed: Testbed
const running: Served[] = []
afterEach(async () => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL')
  await testbed.end()
})

async function start(): Promise<Served> {
  const served = await spawnServed(testbed)
  running.push(served)
  return served
}

const order = () => testbed.order([{ name: 'ours.test', kind: 'normal', rivals: [] }], 1_000)
const weAre = (clid: string) => testbed.clone.db.updateTable('registry_account').set({ clid }).execute()

async function closeByHand(): Promise<void> {
  const { buyer, clone } = testbed
  const person = { email: 'op@example.test', name: 'An operator', roles: ['operator'] } as const
  const ctx = { db: clone.db, newId }
  const staffId = await addStaff(asService(ctx), { ...person, passwordHash: 'no password' })
  const operator: StaffContext = {
    ...buyer,
    actor: { kind: 'staff', staffId, sessionId: newId(), standing: 'proven', ...person },
  }
  const open = clone.db.selectFrom('alarm').select('id').where('closed_at', 'is', null)
  await closeAlarm(operator, (await open.executeTakeFirstOrThrow()).id, 'the password is the right one now')
}

test('a refused login is tried once and raises an alarm; it is tried again only after an operator closes the alarm or a new process starts', {
  timeout: MS_MAX,
}, async () => {
  testbed = await startTestbed({
    accounts: [
      { clid: 'droplock', password: PASSWORD },
      { clid: 'another', password: 'another-secret' },
    ],
    rivals: [],
  })
  await weAre('another')
  await order()
  const served = await start()
  await waitUntil('the alarm is raised', isOpen(testbed, 'login_refused'))
  expect(await openAlarms(testbed)).toEqual([`login_refused ${ACCOUNT}`])
  expect(await problemsOf(served)).toEqual(['login_refused'])
  expect((await served.ready())?.status).toBe(503)
  const successor = await start()
  await waitUntil('the next process was refused too', async () =>
    (await problemsOf(successor)).includes('login_refused'),
  )
  expect(await endGently(successor.child)).toBe(0)
  await waitUntil('window and grace are over', async () => {
    const rows = await testbed.clone.db.selectFrom('catch_target').select('grace_until').execute()
    return rows.every(({ grace_until }) => grace_until.getTime() + 2_000 < Date.now())
  })
  expect(await violationsOf(testbed, 'another')).toMatchObject({ login: 2 })

  await weAre('droplock')
  await closeByHand()
  await waitUntil('all is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  await waitUntil('it is ready', async () => (await served.ready())?.status === 200)
  expect(await violationsOf(testbed, 'another')).toMatchObject({ login: 2 })
  expect(await openAlarms(testbed)).toEqual([])
  await proveMoney(testbed)
  expect(await endGently(served.child)).toBe(0)
})

test('an accepted login clears the alarm of an earlier refusal', {
  timeout: MS_MAX,
}, async () => {
  testbed = await startTestbed({ accounts: [{ clid: 'droplock', password: PASSWORD }], rivals: [] })
  await weAre('unknown')
  const refused = await start()
  await waitUntil('the alarm is raised', isOpen(testbed, 'login_refused'))
  expect(await endGently(refused.child)).toBe(0)
  await weAre('droplock')
  await start()
  await waitUntil('the alarm is over', async () => (await openAlarms(testbed)).length === 0)
})

test('a registry without a free session is tried less and less often, and its names are caught once it has one', {
  timeout: MS_MAX,
}, async () => {
  testbed = await startTestbed({ rivals: [] })
  await testbed.post('faults', { kind: 'session_limit', count: 1_000 })
  await order()
  const served = await start()
  await waitUntil('it has given up for now', async () =>
    (await problemsOf(served)).includes('registry_unavailable'),
  )
  const faults = `${testbed.simulator.control}/registries/sim/faults`
  const body = (await (await fetch(faults)).json()) as { faults: readonly { injected: number }[] }
  expect(body.faults[0]?.injected).toBeGreaterThanOrEqual(3)
  expect(body.faults[0]?.injected).toBeLessThanOrEqual(LOGINS_MAX)
  await fetch(faults, { method: 'DELETE' })
  await waitUntil('all is decided', () => allDecided(testbed))
  expect(await outcomes(testbed)).toEqual({ 'ours.test': 'successful' })
  expect(await openAlarms(testbed)).toEqual([])
})

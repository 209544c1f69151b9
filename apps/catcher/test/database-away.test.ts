import { afterEach, expect, test } from 'vitest'
import { type Gate, openGate } from './support/gate.ts'
import { allDecided, outcomes, proveMoney, violationsOf } from './support/outcomes.ts'
import { endGently, LEASE, problemsOf, type Served, spawnServed } from './support/process.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 180_000
const AWAY_MS = 13_000

/** The database may be unavailable for nine seconds before sending stops. */
const SETTINGS = { ...LEASE, DROPLOCK_FIRE_LEAD_MS: '10000' }

let testbed: Testbed
let gate: Gate
let served: Served
afterEach(async () => {
  served.child.kill('SIGKILL')
  await gate.end()
  await testbed.end()
})

const isFiring = async () => {
  const rows = await testbed.clone.db.selectFrom('catch_target').select('state').execute()
  return rows.length > 0 && rows.every(({ state }) => state === 'firing')
}

const truthOf = (name: string) => testbed.simulator.truth('sim').find((each) => each.name === name)
const isWon = (name: string) => async () => truthOf(name)?.winner?.clID === 'droplock'
const leases = () => served.events.filter(({ event }) => event === 'account.leased').length

async function startInDrop(how: 'refusing' | 'silent'): Promise<number> {
  testbed = await startTestbed()
  gate = await openGate(testbed.clone.urls.catcher)
  served = await spawnServed(testbed, { ...SETTINGS, DATABASE_URL: gate.url })
  await waitUntil('it is ready', async () => (await served.ready())?.status === 200)
  await testbed.order(
    [
      { name: 'ours.test', kind: 'normal', rivals: [] },
      { name: 'lost.test', kind: 'normal', rivals: [{ clid: 'rival-a', delayMs: 1 }] },
      { name: 'kept.test', kind: 'unreleased' },
    ],
    3_000,
  )
  await waitUntil('it fires', isFiring)
  gate.close(how)
  return performance.now()
}

async function untilAway(since: number, ms: number): Promise<void> {
  await waitUntil('it was away for so long', async () => performance.now() - since >= ms)
}

test.each(['refusing', 'silent'] as const)(
  'while the database is unavailable for less than the lease (%s), names are caught, and recorded later under the same lease',
  { timeout: MS_MAX },
  async (how) => {
    const away = await startInDrop(how)
    await waitUntil('the name is caught without the database', isWon('ours.test'), 8_000)
    await untilAway(away, 5_000)
    gate.open()
    await waitUntil('all is decided', () => allDecided(testbed))
    expect(await outcomes(testbed)).toEqual({
      'ours.test': 'successful',
      'lost.test': 'lost',
      'kept.test': 'missed',
    })
    expect(leases()).toBe(1)
    await proveMoney(testbed)
    expect(await endGently(served.child)).toBe(0)
  },
)

test.each(['refusing', 'silent'] as const)(
  'when the database is unavailable for 13 s during a drop (%s) the lease is lost: the catcher reports so, acquires a new lease, and every order is decided',
  { timeout: MS_MAX },
  async (how) => {
    const away = await startInDrop(how)
    await waitUntil('the name is caught without the database', isWon('ours.test'), 8_000)
    await waitUntil('the lease is lost', async () =>
      served.events.some(({ event }) => event === 'account.lease_lost'),
    )

    await waitUntil('it says that it is not ready', async () => (await problemsOf(served)).length > 0, 2_000)
    await untilAway(away, AWAY_MS)
    gate.open()
    await waitUntil('all is decided', () => allDecided(testbed), 30_000)
    expect(await outcomes(testbed)).toEqual({
      'ours.test': 'successful',
      'lost.test': 'lost',
      'kept.test': 'missed',
    })
    expect(leases()).toBe(2)
    await waitUntil('it is ready again', async () => (await served.ready())?.status === 200)
    expect(await violationsOf(testbed)).toMatchObject({ sessions: 0, rate: 0 })
    await proveMoney(testbed)
    expect(await endGently(served.child)).toBe(0)
  },
)

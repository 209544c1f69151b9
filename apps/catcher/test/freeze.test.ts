import type { ChildProcess } from 'node:child_process'
import { afterEach, expect, test } from 'vitest'
import { allDecided, isOpen, openAlarms, outcomes, proveMoney, violationsOf } from './support/outcomes.ts'
import { endGently, LEASE, type Served, spawnServed, spawnWorker } from './support/process.ts'
import { ACCOUNT, PASSWORD, SESSIONS_MAX, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 180_000

/** A frozen catcher is reported, and a thawed one lets go, within some seconds: the lease and a check or two. More on a busy machine. */
const SECONDS_MS_MAX = 30_000

let testbed: Testbed
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await testbed.end()
})

async function started(environment = {}): Promise<Served> {
  const served = await spawnServed(testbed, environment)
  children.push(served.child)
  return served
}

async function leaseOwner(): Promise<string | null> {
  const { db } = testbed.clone
  const row = await db.selectFrom('registry_account').select('lease_owner').executeTakeFirstOrThrow()
  return row.lease_owner
}

async function leaseEndMs(): Promise<number> {
  const { db } = testbed.clone
  const row = await db.selectFrom('registry_account').select('lease_expires_at').executeTakeFirstOrThrow()
  return row.lease_expires_at?.getTime() ?? Infinity
}

const isFiring = async () => {
  const rows = await testbed.clone.db.selectFrom('catch_target').select('state').execute()
  return rows.length > 0 && rows.every(({ state }) => state === 'firing')
}

/** How many creates of this process reached the registry. */
function createsOf(owner: string | null): number {
  return testbed.simulator
    .truth('sim')
    .flatMap(({ arrivals }) => arrivals)
    .filter(({ clTRID }) => clTRID?.startsWith(`DL-${owner}-`) === true).length
}

const isStandby = (served: Served) => async () => {
  const answer = await served.ready()
  return answer?.status === 200 && answer.accounts[0]?.state === 'standby'
}

/** The registry has room for the sessions of both catchers, or for none besides those of the frozen one. */
test.each([8, 4])(
  'a catcher frozen before its drop raises an alarm within seconds, its successor decides every order, and when thawed it lets go (%i sessions)',
  { timeout: MS_MAX },
  async (sessionsMax) => {
    testbed = await startTestbed({
      accounts: [
        { clid: 'droplock', password: PASSWORD, limits: { sessionsMax } },
        { clid: 'rival-a', password: PASSWORD },
      ],
    })
    children.push(spawnWorker(testbed))
    const first = await started()
    await waitUntil('the first is ready', async () => (await first.ready())?.status === 200)
    const owner = await leaseOwner()
    await testbed.order(
      [
        ...Array.from({ length: 12 }, (_, n) => ({
          name: `ours-${n}.test`,
          kind: 'normal' as const,
          rivals: [],
        })),
        { name: 'lost.test', kind: 'normal', rivals: [{ clid: 'rival-a', delayMs: 1 }] },
        { name: 'kept.test', kind: 'unreleased' },
      ],
      1_500,
    )
    await waitUntil('it fires', isFiring)
    first.child.kill('SIGSTOP')
    await waitUntil('the worker reports it', isOpen(testbed, 'lease_unheld'), SECONDS_MS_MAX)

    const second = await started()
    await waitUntil('the successor has the lease', async () => ![owner, null].includes(await leaseOwner()))
    const before = createsOf(owner)
    if (sessionsMax === 8) await waitUntil('all is decided', () => allDecided(testbed))
    else
      await waitUntil('the successor was refused', async () =>
        second.events.some(({ code }) => code === 2502),
      )
    first.child.kill('SIGCONT')
    await waitUntil('the thawed one has let go', isStandby(first), SECONDS_MS_MAX)
    expect(first.events).toContainEqual(expect.objectContaining({ event: 'account.lease_lost' }))
    await waitUntil('all is decided', () => allDecided(testbed))

    expect(createsOf(owner)).toBe(before)
    expect(await endGently(first.child)).toBe(0)
    const ours = Array.from({ length: 12 }, (_, n) => [`ours-${n}.test`, 'successful'])
    expect(await outcomes(testbed)).toEqual({
      ...Object.fromEntries(ours),
      'lost.test': 'lost',
      'kept.test': 'missed',
    })
    expect(await violationsOf(testbed)).toMatchObject({ rate: 0 })
    await waitUntil('the alarm is over', async () => (await openAlarms(testbed)).length === 0)
    await proveMoney(testbed)
    expect(await endGently(second.child)).toBe(0)
  },
)

test('a catcher that was frozen during its creates, without a successor, acquires a new lease when it thaws, and decides every order', {
  timeout: MS_MAX,
}, async () => {
  testbed = await startTestbed()
  const served = await started(LEASE)
  await waitUntil('it is ready', async () => (await served.ready())?.status === 200)
  const owner = await leaseOwner()
  const kept = Array.from({ length: 20 }, (_, n) => ({ name: `kept-${n}.test`, kind: 'unreleased' as const }))
  await testbed.order(kept, 1_500)
  await waitUntil('it creates', async () => createsOf(owner) >= SESSIONS_MAX)
  served.child.kill('SIGSTOP')
  await waitUntil('window and grace are over', async () => {
    const rows = await testbed.clone.db.selectFrom('catch_target').select('grace_until').execute()
    return rows.every(({ grace_until }) => grace_until.getTime() + 1_000 < Date.now())
  })
  await waitUntil('the lease has ended', async () => (await leaseEndMs()) < Date.now())
  served.child.kill('SIGCONT')
  await waitUntil('all is decided', () => allDecided(testbed))
  const leases = served.events.filter(({ event }) => event === 'account.leased')
  expect(leases.map(({ account, epoch }) => `${account} ${epoch}`)).toEqual([`${ACCOUNT} 1`, `${ACCOUNT} 2`])
  expect(Object.values(await outcomes(testbed))).toEqual(kept.map(() => 'missed'))
  await proveMoney(testbed)
  expect(await endGently(served.child)).toBe(0)
})

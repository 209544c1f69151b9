import type { ChildProcess } from 'node:child_process'
import { type AccountStatusView, readAccountStatuses } from '@droplock/core/registry-status/read'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { endGently, killHard, type Served, spawnServed } from './support/process.ts'
import { ACCOUNT, PASSWORD, SESSIONS_MAX, startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const MS_MAX = 120_000

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

const statusNow = async () => (await readAccountStatuses(testbed.clone))[0]

const until = (what: string, isSo: (status: AccountStatusView) => boolean) =>
  waitUntil(what, async () => {
    const status = await statusNow()
    return status !== undefined && isSo(status)
  })

describe('with a registry that accepts logins', () => {
  beforeEach(async () => {
    // Room for the sessions of a frozen catcher and of its successor.
    testbed = await startTestbed({
      accounts: [{ clid: 'droplock', password: PASSWORD, limits: { sessionsMax: 2 * SESSIONS_MAX } }],
      rivals: [],
    })
  })

  test('a catcher reports its lease, sessions, clock, rate and names about once a second, and says when it lets the account go', {
    timeout: MS_MAX,
  }, async () => {
    expect(await statusNow()).toMatchObject({ id: ACCOUNT, phase: 'unreported', lease: null, names: null })
    const served = await started()
    await until('it drives the account', ({ phase, clock }) => phase === 'driven' && clock !== null)
    await until('all sessions are open', ({ sessions }) => sessions?.open === SESSIONS_MAX)
    expect(await statusNow()).toMatchObject({
      lease: { isHeld: true },
      sessions: { allowed: SESSIONS_MAX },
      loginAt: expect.any(Date),
      loginRefused: null,
      problems: [],
    })
    await testbed.order([{ name: 'kept.test', kind: 'unreleased', priorClid: 'registrar-12' }], 6_000, 60_000)
    await until('it is prepared', ({ names }) => names?.armed === 1 && names.prepared === 1)
    await until('it fires', ({ names }) => names?.armed === 0 && names.firing === 1)
    await until('the rate is counted', ({ commands }) => (commands?.inSecond ?? 0) > 0)
    expect(await endGently(served.child)).toBe(0)
    expect(await statusNow()).toMatchObject({ phase: 'released', lease: null, names: { firing: 0 } })
  })

  test.each(['SIGKILL', 'SIGSTOP'] as const)(
    'the status of a catcher that got %s is silent within seconds, its successor replaces it, and a thawed one writes no more',
    { timeout: MS_MAX },
    async (signal) => {
      const first = await started()
      await until('it drives the account', ({ phase }) => phase === 'driven')
      const owner = (await statusNow())?.lease?.owner
      first.child.kill(signal)
      await until('it is silent', ({ phase, lease }) => phase === 'silent' && lease?.isHeld === false)
      await started()
      const isSuccessor = ({ phase, lease }: AccountStatusView) =>
        phase === 'driven' && lease !== null && lease.owner !== owner
      await until('the successor reports', isSuccessor)
      if (signal === 'SIGKILL') return
      first.child.kill('SIGCONT')
      await waitUntil('it has let go', async () =>
        first.events.some(({ event }) => event === 'account.lease_lost'),
      )
      const known = (await statusNow())?.reportedAt ?? new Date(0)
      await until('the next report is here', ({ reportedAt }) => reportedAt !== null && reportedAt > known)
      expect(await statusNow()).toSatisfy(isSuccessor)
    },
  )
})

test('a refused login is reported with its code, and stays when its process has ended', {
  timeout: MS_MAX,
}, async () => {
  testbed = await startTestbed({
    accounts: [
      { clid: 'droplock', password: PASSWORD },
      { clid: 'another', password: 'another-secret' },
    ],
    rivals: [],
  })
  await testbed.clone.db.updateTable('registry_account').set({ clid: 'another' }).execute()
  const first = await started()
  await until(
    'it was refused',
    ({ loginRefused, phase }) => loginRefused?.code === 2200 && phase === 'released',
  )
  await killHard(first.child)
  expect(await statusNow()).toMatchObject({ loginAt: null, loginRefused: { code: 2200 }, phase: 'released' })
})

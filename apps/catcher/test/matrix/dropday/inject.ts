import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { between, stream } from '../../../../registry-sim/src/random.ts'
import { removeFolder, type SmallDisk } from '../../support/small-disk.ts'
import { ACCOUNT, type Testbed } from '../../support/testbed.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { type Catchers, diskOf, LEASE_MS } from './catchers.ts'
import type { OwnPostgres } from './own-postgres.ts'
import { isRestarted, type Trial, wordsOf } from './trial.ts'
import { type LeaseSeen, type LeaseWatch, lastLease } from './watch-leases.ts'

/** What a fault needs of its trial. */
export type Stage = {
  readonly trial: Trial
  readonly testbed: Testbed
  readonly catchers: Catchers
  /** The process that drives the account. */
  readonly active: ChildProcess
  readonly leases: LeaseWatch
  readonly postgres: OwnPostgres | undefined
  readonly disk: SmallDisk | undefined
}

/** A fault that happened. */
export type Injected = {
  readonly atMs: number
  /** How long what it took away was away. */
  readonly awayMs?: number
  /** The last lease of a process that was killed or stopped: exactly as it ended. */
  readonly ended?: LeaseSeen
}

/** Time for a successor, which waits for what its predecessor may have sent (`TRANSIT_MS_MAX`), to send before a stopped process continues. */
const STOPPED_AFTER_LEASE_MS = { min: 3_250, max: 6_750 } as const

/** Injects the fault of the trial, and ends it where it passes. */
export async function inject(stage: Stage): Promise<Injected> {
  switch (stage.trial.fault) {
    case 'kill9':
    case 'kill9_settling':
      return kill(stage)
    case 'sigstop':
      return stop(stage)
    case 'database_1s':
      return takeDatabase(stage, 1_000)
    case 'database_10s':
      return takeDatabase(stage, 10_000)
    case 'journal_lost':
      return loseJournal(stage)
    case 'account_locked':
      return lockAccount(stage)
  }
}

async function kill({ trial, catchers, active, leases }: Stage): Promise<Injected> {
  const atMs = Date.now()
  await catchers.kill(active)
  const ended = await endedLease(leases)
  if (isRestarted(trial.variant)) catchers.start('one')
  return { atMs, ended }
}

/** The row of a process that does nothing any more does not change until its lease has ended. */
async function endedLease(leases: LeaseWatch): Promise<LeaseSeen> {
  await leases.look()
  const ended = lastLease(leases, ACCOUNT)
  if (ended === undefined) throw new Error('the account had no lease')
  return ended
}

async function stop({ trial, active, leases }: Stage): Promise<Injected> {
  const atMs = Date.now()
  active.kill('SIGSTOP')
  try {
    // A statement that was sent just before may still be carried out.
    await delay(100)
    const ended = await endedLease(leases)
    const { min, max } = STOPPED_AFTER_LEASE_MS
    const stoppedMs = between(stream(trial.seed, ...wordsOf(trial), 'stop'), min, max)
    await delay(Math.max(0, ended.endsMs - Date.now()) + stoppedMs)
    await waitUntil(
      'another process has the lease',
      async () => lastLease(leases, ACCOUNT)?.owner !== ended.owner,
    )
    return { atMs, awayMs: Date.now() - atMs, ended }
  } finally {
    active.kill('SIGCONT')
  }
}

async function takeDatabase({ trial, postgres }: Stage, ms: number): Promise<Injected> {
  if (postgres === undefined) throw new Error('the trial has no server of its own')
  const atMs = Date.now()
  if (trial.variant === 'freeze') {
    postgres.freeze()
    await delay(ms).finally(postgres.thaw)
  } else {
    await postgres.crash()
    await delay(Math.max(0, atMs + ms - Date.now()))
    await postgres.startAgain()
  }
  return { atMs, awayMs: Date.now() - atMs }
}

async function loseJournal(stage: Stage): Promise<Injected> {
  const { trial, testbed, disk } = stage
  const atMs = Date.now()
  if (disk === undefined) removeFolder(diskOf(testbed, 'one'))
  else disk.fill()
  if (!trial.variant.endsWith('then_kill')) return { atMs }
  await delay(between(stream(trial.seed, ...wordsOf(trial), 'kill'), 100, 1_500))
  return { ...(await kill(stage)), atMs }
}

/** Locks the first account, of which every process may notice it by one login. */
async function lockAccount({ trial, testbed }: Stage): Promise<Injected> {
  const atMs = Date.now()
  const sessionCode = trial.variant.startsWith('2502') ? 2502 : 2501
  await testbed.post('locks', { clid: 'droplock', sessionCode, loginCode: trial.run % 2 === 0 ? 2501 : 2200 })
  return { atMs }
}

/** How long a takeover may take: the whole lease, and the successor's turn to ask for it. */
export const TAKEOVER_MS_MAX = LEASE_MS + 2_000

import { setTimeout as delay } from 'node:timers/promises'
import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import { isUnreachable, statementTimedOut } from '@droplock/core/database/errors'
import { type Lease, LeaseLost } from '@droplock/core/leases'
import { recordOutcomes } from '@droplock/core/targets/record-outcomes'
import type { TargetOutcome } from '@droplock/core/targets/target-outcome'
import type { Logger } from '@droplock/observability/logger'
import { pause } from '../loops.ts'

/**
 * Outcomes in one transaction, and transactions at once. What is decided while these are under way is the next batch, so a lone outcome
 * is written at once, and the more there are to write, the larger the batches. Locks of accounts are held for as long as a batch takes.
 */
const OUTCOMES_PER_BATCH_MAX = 100
const BATCHES_AT_ONCE_MAX = 2

/** Outcomes that are written alone, at once: in places of their own, so that those that wait for a lock do not delay the batches. */
const ALONE_AT_ONCE_MAX = 2

/** How long a batch waits for a lock: longer than another batch holds it, also on a busy machine. What needs longer is written alone. */
const BATCH_LOCK_MS_MAX = 1_000

/** Pauses before a failed write is tried again, doubled up to the longest: the database is unavailable, or a lock is held. */
const RETRY_MS_MIN = 250
const RETRY_MS_MAX = 30_000

/** After this many failures, about 8 seconds, an alarm is raised: by then a lock would be free. The attempts continue. */
const FAILURES_BEFORE_ALARM = 5

/** Writes decided targets to the database, away from the hot path, until each is written. */
export type OutcomeRecorder = {
  readonly record: (settlement: TargetOutcome, whenDone: () => void) => void
  /** Whether all outcomes are written: never again once `drain` has given one up. */
  readonly idle: () => boolean
  /**
   * Resolves when all outcomes so far are written, or after the signal aborts and the current writes have ended. Nothing more is
   * tried then.
   */
  readonly drain: (signal: AbortSignal) => Promise<void>
}

type Job = {
  readonly settlement: TargetOutcome
  readonly whenDone: () => void
  readonly failures: number
  /** It could not be written by itself, and so is not written together with others any more. */
  readonly alone: boolean
}

/** Pauses between attempts in milliseconds; a test has shorter ones. */
type Pauses = { readonly firstMs: number; readonly longestMs: number }

/**
 * Creates an outcome recorder. Outcomes are written in batches. Where a batch fails its halves are written, and so on: one that cannot
 * be written is soon alone, and the others are written. A failed write is repeated: writing is idempotent, and the target stays
 * undecided until it succeeds. Between attempts an outcome pauses and then waits behind the others.
 */
export function createOutcomeRecorder(
  ctx: Context,
  log: Logger,
  lease: Lease,
  pauses: Pauses = { firstMs: RETRY_MS_MIN, longestMs: RETRY_MS_MAX },
): OutcomeRecorder {
  const together = createLane(BATCHES_AT_ONCE_MAX, OUTCOMES_PER_BATCH_MAX)
  const alone = createLane(ALONE_AT_ONCE_MAX, 1)
  const lanes = [together, alone]
  const stopped = new AbortController()
  let unwritten = 0
  const enqueue = (job: Job) => {
    if (stopped.signal.aborted) return
    const lane = job.alone ? alone : together
    lane.waiting.push(job)
    startNext(lane)
  }
  const startNext = (lane: Lane) => {
    while (!stopped.signal.aborted && lane.waiting.length > 0 && lane.running.size < lane.atOnceMax)
      void run(lane, lane.waiting.splice(0, lane.perBatchMax))
  }
  const run = async (lane: Lane, batch: readonly Job[]): Promise<void> => {
    const settling = settle(batch)
    lane.running.add(settling)
    await settling
    lane.running.delete(settling)
    startNext(lane)
  }
  const settle = async (batch: readonly Job[]): Promise<void> => {
    const failed = await settleOnce(ctx, log, batch, lease)
    if (failed === undefined) for (const { whenDone } of batch) whenDone()
    else if (batch.length === 1 || failed === 'all') for (const job of batch) void retryLater(job, failed)
    else for (const half of halves(batch)) if (!stopped.signal.aborted) await settle(half)
  }
  const retryLater = async (job: Job, failed: Failed): Promise<void> => {
    const ms = Math.min(pauses.firstMs * 2 ** job.failures, pauses.longestMs)
    await pause(ms, stopped.signal)
    enqueue({ ...job, failures: job.failures + 1, alone: job.alone || failed === 'some' })
  }
  const idle = () => unwritten === 0
  const record = (settlement: TargetOutcome, whenDone: () => void) => {
    unwritten += 1
    const written = () => {
      unwritten -= 1
      whenDone()
    }
    enqueue({ settlement, whenDone: written, failures: 0, alone: false })
  }
  return {
    record,
    idle,
    drain: async (signal) => {
      while (!idle() && !signal.aborted) await delay(10)
      stopped.abort()
      for (const { waiting } of lanes) waiting.length = 0
      await Promise.all(lanes.flatMap(({ running }) => [...running]))
    },
  }
}

/** What waits to be written, and the writes that are under way. */
type Lane = {
  readonly atOnceMax: number
  readonly perBatchMax: number
  readonly waiting: Job[]
  readonly running: Set<Promise<void>>
}

function createLane(atOnceMax: number, perBatchMax: number): Lane {
  return { atOnceMax, perBatchMax, waiting: [], running: new Set() }
}

function halves(batch: readonly Job[]): readonly (readonly Job[])[] {
  const middle = Math.ceil(batch.length / 2)
  return [batch.slice(0, middle), batch.slice(middle)]
}

/** `all`: whatever was written would have failed, as the database is away or the lease is over. `some`: something in the batch. */
type Failed = 'all' | 'some'

/**
 * Undefined: all are written. Otherwise none is, and the targets are still undecided. From the fifth failure on there are alarms, which
 * a success ends.
 */
async function settleOnce(
  ctx: Context,
  log: Logger,
  batch: readonly Job[],
  lease: Lease,
): Promise<Failed | undefined> {
  const outcomes = batch.map(({ settlement }) => ({ ...settlement, lease }))
  try {
    const isAlone = batch.some(({ alone }) => alone)
    const decided = await recordOutcomes(ctx, outcomes, isAlone ? {} : { lockMsMax: BATCH_LOCK_MS_MAX })
    for (const [index, { targetId, outcome, code }] of outcomes.entries())
      log.info({ event: 'target.settled', targetId, outcome, code, decided: decided[index] })
    return undefined
  } catch (error) {
    const failed = hitsAll(error) ? 'all' : 'some'
    if (failed === 'some' && batch.length > 1) {
      log.warn({ event: 'targets.settle_apart', outcomes: batch.length, err: error })
      return failed
    }
    await reportFailures(ctx, log, batch, error)
    return failed
  }
}

/** A statement that took too long may have been one of too many rows, or waited for a lock of one of them. */
function hitsAll(error: unknown): boolean {
  return error instanceof LeaseLost || (isUnreachable(error) && !statementTimedOut(error))
}

async function reportFailures(
  ctx: Context,
  log: Logger,
  batch: readonly Job[],
  error: unknown,
): Promise<void> {
  for (const { targetId, outcome, code } of batch.map(({ settlement }) => settlement))
    log.error({ event: 'target.settle_failed', targetId, outcome, code, err: error })
  const stuck = batch.filter(({ failures }) => failures + 1 >= FAILURES_BEFORE_ALARM)
  const alarms = stuck.map(({ settlement: { targetId, outcome, code } }) => ({
    kind: 'settlement_stuck' as const,
    subject: targetId,
    facts: { outcome, code, error: classOf(error) },
  }))
  // When the database is unavailable the alarms can't be written either. The next attempt writes them.
  await raiseAlarms(ctx, alarms).catch((fault: unknown) =>
    log.error({ event: 'alarm.write_failed', targets: alarms.length, err: fault }),
  )
}

/** The kind of an error without its text: the name of its class, and the database's code if it has one. */
function classOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}

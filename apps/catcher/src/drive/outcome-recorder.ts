import { setTimeout as delay } from 'node:timers/promises'
import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Lease } from '@droplock/core/leases'
import { recordOutcome, type TargetOutcome } from '@droplock/core/targets/record-outcome'
import type { Logger } from '@droplock/observability/logger'
import { pause } from '../loops.ts'

/** Outcomes written at once: enough to keep up with a drop, and few enough to leave the database to the resellers. */
const SETTLEMENTS_AT_ONCE_MAX = 4

/** Pauses before a failed write is tried again, doubled up to the longest: the database is unavailable, or a lock is held. */
const RETRY_MS_MIN = 250
const RETRY_MS_MAX = 30_000

/** After this many failures, about 8 seconds, an alarm is raised: by then a lock would be free. The attempts continue. */
const FAILURES_BEFORE_ALARM = 5

/** Writes decided targets to the database, away from the hot path, until each is written. */
export type OutcomeRecorder = {
  readonly record: (settlement: TargetOutcome, whenDone: () => void) => void
  readonly idle: () => boolean
  /**
   * Resolves when all outcomes so far are written, or after the signal aborts and the current writes have ended. Nothing more is
   * tried then.
   */
  readonly drain: (signal: AbortSignal) => Promise<void>
}

type Job = { readonly settlement: TargetOutcome; readonly whenDone: () => void; readonly failures: number }

/** Pauses between attempts in milliseconds; a test has shorter ones. */
type Pauses = { readonly firstMs: number; readonly longestMs: number }

/**
 * Creates an outcome recorder. A failed write is repeated: writing is idempotent, and the target stays undecided until it succeeds.
 * Between attempts an outcome pauses and then waits behind the others, so that one that cannot be written does not block others.
 */
export function createOutcomeRecorder(
  ctx: Context,
  log: Logger,
  lease: Lease,
  pauses: Pauses = { firstMs: RETRY_MS_MIN, longestMs: RETRY_MS_MAX },
): OutcomeRecorder {
  const waiting: Job[] = []
  const stopped = new AbortController()
  const running = new Set<Promise<boolean>>()
  let pausing = 0
  const enqueue = (job: Job) => {
    if (stopped.signal.aborted) return
    waiting.push(job)
    startNext()
  }
  const startNext = () => {
    if (stopped.signal.aborted) return
    for (const job of waiting.splice(0, SETTLEMENTS_AT_ONCE_MAX - running.size)) void run(job)
  }
  const run = async (job: Job): Promise<void> => {
    const settling = settleOnce(ctx, log, { ...job, settlement: { ...job.settlement, lease } })
    running.add(settling)
    const isDone = await settling
    running.delete(settling)
    if (isDone) job.whenDone()
    else void retryLater({ ...job, failures: job.failures + 1 })
    startNext()
  }
  const retryLater = async (job: Job): Promise<void> => {
    pausing += 1
    const ms = Math.min(pauses.firstMs * 2 ** (job.failures - 1), pauses.longestMs)
    await pause(ms, stopped.signal)
    pausing -= 1
    enqueue(job)
  }
  const idle = () => running.size + pausing + waiting.length === 0
  return {
    record: (settlement, whenDone) => enqueue({ settlement, whenDone, failures: 0 }),
    idle,
    drain: async (signal) => {
      while (!idle() && !signal.aborted) await delay(10)
      stopped.abort()
      waiting.length = 0
      await Promise.all(running)
    },
  }
}

/** Whether the outcome is written. False: the target is still undecided. From the fifth failure on there is an alarm, which a success ends. */
async function settleOnce(ctx: Context, log: Logger, { settlement, failures }: Job): Promise<boolean> {
  const { targetId, outcome, code } = settlement
  try {
    const decided = await recordOutcome(ctx, settlement)
    log.info({ event: 'target.settled', targetId, outcome, code, decided })
    return true
  } catch (error) {
    log.error({ event: 'target.settle_failed', targetId, outcome, code, err: error })
    if (failures + 1 >= FAILURES_BEFORE_ALARM) {
      const facts = { outcome, code, error: classOf(error) }
      await raiseAlarms(ctx, [{ kind: 'settlement_stuck', subject: targetId, facts }]).catch(
        // When the database is unavailable the alarm can't be written either. The next attempt writes it.
        (fault: unknown) => log.error({ event: 'alarm.write_failed', targetId, err: fault }),
      )
    }
    return false
  }
}

/** The kind of an error without its text: the name of its class, and the database's code if it has one. */
function classOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}

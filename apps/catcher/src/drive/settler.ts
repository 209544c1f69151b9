import { setTimeout as delay } from 'node:timers/promises'
import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Lease } from '@droplock/core/leases'
import { recordOutcome, type TargetOutcome } from '@droplock/core/targets/record-outcome'
import type { Logger } from '@droplock/observability/logger'
import { pause } from '../board/board.ts'

/** Settlements under way at once: enough to keep up with a drop, few enough to leave the database to the resellers. */
const SETTLEMENTS_AT_ONCE_MAX = 4

/** Pauses before a failed settlement is tried again: the database is away, or a lock is held; doubled up to the longest. */
const RETRY_MS_MIN = 250
const RETRY_MS_MAX = 30_000

/** So many failures, some 8 seconds, and a person is told: a lock that is held is free by then. It is tried on. */
const FAILURES_BEFORE_ALARM = 5

/** Writes decided targets to the database, away from the hot path, until each is written. */
export type Settler = {
  readonly settle: (settlement: TargetOutcome, whenDone: () => void) => void
  readonly idle: () => boolean
  /**
   * Resolves when everything decided so far is written, or the signal aborts and what is being written is done or not; then
   * nothing more is tried.
   */
  readonly drain: (signal: AbortSignal) => Promise<void>
}

type Job = { readonly settlement: TargetOutcome; readonly whenDone: () => void; readonly failures: number }

/** Pauses between tries, as an argument: a test has shorter ones. Milliseconds. */
type Pauses = { readonly firstMs: number; readonly longestMs: number }

/**
 * A settler. A settlement that fails is repeated: settling is idempotent, and its target stays undecided until it is done. Between
 * its tries it holds no place: it pauses, then waits behind the others, so that what cannot be settled stops nothing that can.
 */
export function createSettler(
  ctx: Context,
  log: Logger,
  lease: Lease,
  pauses: Pauses = { firstMs: RETRY_MS_MIN, longestMs: RETRY_MS_MAX },
): Settler {
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
    settle: (settlement, whenDone) => enqueue({ settlement, whenDone, failures: 0 }),
    idle,
    drain: async (signal) => {
      while (!idle() && !signal.aborted) await delay(10)
      stopped.abort()
      waiting.length = 0
      await Promise.all(running)
    },
  }
}

/** Whether it is written. False: the target is undecided still; from the fifth time on there is an alarm, which `recordOutcome` ends. */
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
        // Where the database is away the alarm cannot be written either; with the next try it is.
        (fault: unknown) => log.error({ event: 'alarm.write_failed', targetId, err: fault }),
      )
    }
    return false
  }
}

/** What kind of error it is, without its text: the name of its class, and the database's code where it has one. */
function classOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name
}

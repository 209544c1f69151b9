import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '@droplock/core/context'
import type { Lease } from '@droplock/core/leases/acquire'
import { type Settlement, settleTarget } from '@droplock/core/targets/settle'
import type { Logger } from '@droplock/observability/logger'

/** Settlements under way at once: enough to keep up with a drop, few enough to leave the database to the resellers. */
const SETTLEMENTS_AT_ONCE_MAX = 4

/** Pauses before a failed settlement is tried again: the database is away, or a lock is held; doubled up to the longest. */
const RETRY_MS_MIN = 250
const RETRY_MS_MAX = 30_000

/** Writes decided targets to the database, away from the hot path, until each is written. */
export type Settler = {
  readonly settle: (settlement: Settlement, whenDone: () => void) => void
  readonly idle: () => boolean
  /**
   * Resolves when everything decided so far is written, or the signal aborts and what is being written is done or not; then
   * nothing more is tried.
   */
  readonly drain: (signal: AbortSignal) => Promise<void>
}

type Job = { readonly settlement: Settlement; readonly whenDone: () => void }

/** A settler. A settlement that fails is repeated: settling is idempotent, and its target stays undecided until it is done. */
export function createSettler(ctx: Context, log: Logger, lease: Lease): Settler {
  const waiting: Job[] = []
  const stopped = new AbortController()
  const running = new Set<Promise<boolean>>()
  const run = async (job: Job): Promise<void> => {
    const settling = settleUntilDone(ctx, log, { ...job.settlement, lease }, stopped.signal)
    running.add(settling)
    const done = await settling
    running.delete(settling)
    if (!done) return
    job.whenDone()
    startNext()
  }
  const startNext = () => {
    const free = SETTLEMENTS_AT_ONCE_MAX - running.size
    for (const job of waiting.splice(0, free)) void run(job)
  }
  const idle = () => running.size === 0 && waiting.length === 0
  return {
    settle: (settlement, whenDone) => {
      waiting.push({ settlement, whenDone })
      startNext()
    },
    idle,
    drain: async (signal) => {
      while (!idle() && !signal.aborted) await delay(10)
      stopped.abort()
      waiting.length = 0
      await Promise.all(running)
    },
  }
}

/** False when it was stopped before it was done: the target is undecided, and a successor asks the registry again. */
async function settleUntilDone(
  ctx: Context,
  log: Logger,
  settlement: Settlement,
  signal: AbortSignal,
): Promise<boolean> {
  let pauseMs = RETRY_MS_MIN
  while (!(await settleOnce(ctx, log, settlement))) {
    if (signal.aborted) return false
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
    pauseMs = Math.min(2 * pauseMs, RETRY_MS_MAX)
  }
  return true
}

async function settleOnce(ctx: Context, log: Logger, settlement: Settlement): Promise<boolean> {
  const { targetId, outcome, code } = settlement
  try {
    const decided = await settleTarget(ctx, settlement)
    log.info({ event: 'target.settled', targetId, outcome, code, decided })
    return true
  } catch (error) {
    log.error({ event: 'target.settle_failed', targetId, outcome, code, err: error })
    return false
  }
}

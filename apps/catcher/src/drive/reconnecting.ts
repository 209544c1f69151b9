import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Backoff } from '@droplock/epp/pool/failures'
import type { Logger } from '@droplock/observability/logger'
import type { Problem } from './status.ts'

/**
 * Longer than any attempt with the pause before it. Without an attempt for this long another catcher drives the account, and earlier
 * failures no longer matter.
 */
const TRY_MS_MAX = 600_000

/** How often, and since when, an account could not be driven. It outlives the leases. */
export type Reconnecting = {
  readonly pauses: Backoff
  /** Called when we have the lease and begin to connect. */
  readonly connecting: () => void
  /** Called when a session is open. */
  readonly connected: () => void
  /**
   * Called after each failure. Raises an alarm when this has lasted too long, whenever the next name drops. Does nothing for an
   * account whose lease we never had.
   */
  readonly failed: (problem: Problem) => Promise<void>
}

type Unconnected = {
  readonly ctx: Context
  readonly log: Logger
  readonly accountId: string
  readonly monotonicMs: () => number
}

/** The first session ends the alarm: see `watchUntil`. */
export function createReconnecting(
  { ctx, log, accountId, monotonicMs }: Unconnected,
  pauses: Backoff,
  unconnectedMsMax: number,
): Reconnecting {
  let trying: { readonly sinceMs: number; readonly lastMs: number } | undefined
  return {
    pauses,
    connecting: () => {
      const nowMs = monotonicMs()
      if (trying !== undefined && nowMs - trying.lastMs >= TRY_MS_MAX) trying = undefined
      trying = { sinceMs: trying?.sinceMs ?? nowMs, lastMs: nowMs }
    },
    connected: () => {
      trying = undefined
      pauses.reset()
    },
    failed: async ({ code, detail }) => {
      const nowMs = monotonicMs()
      if (trying === undefined || nowMs - trying.lastMs >= TRY_MS_MAX) return
      if (nowMs - trying.sinceMs < unconnectedMsMax) return
      try {
        const facts = { reason: code, detail }
        await raiseAlarms(ctx, [{ kind: 'account_not_ready', subject: accountId, facts }])
      } catch (error) {
        log.warn({ event: 'account.alarm_failed', err: error })
      }
    },
  }
}

import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Backoff } from '@droplock/epp/pool/failures'
import type { Logger } from '@droplock/observability/logger'
import type { Problem } from './status.ts'

/**
 * More than any try takes, with the pause before it. Without a try for so long another catcher drives the account, and what failed
 * before that says nothing of today.
 */
const TRY_MS_MAX = 600_000

/** From one hold of an account to the next: how often and since when it could not be driven. */
export type Reconnecting = {
  readonly pauses: Backoff
  /** Called when the account is ours to connect. */
  readonly connecting: () => void
  /** Called when the registry has given a session. */
  readonly connected: () => void
  /**
   * Called after each failure. An alarm once that has gone on for too long, whenever its next name drops. Of an account that was
   * never ours to connect it says nothing.
   */
  readonly failed: (problem: Problem) => Promise<void>
}

type Unconnected = {
  readonly ctx: Context
  readonly log: Logger
  readonly accountId: string
  readonly monotonicMs: () => number
}

/** The alarm is over with the first session: see `watchUntil`. */
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

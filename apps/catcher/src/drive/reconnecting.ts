import { raiseAlarms } from '@droplock/core/alarms/raise'
import type { Context } from '@droplock/core/context'
import type { Backoff } from '@droplock/epp/pool/backoff'
import type { Logger } from '@droplock/observability/logger'
import type { Problem } from './status.ts'

/** From one hold of an account to the next: how often and since when it could not be driven. */
export type Reconnecting = {
  readonly pauses: Backoff
  /** Called when the registry has given a session. */
  readonly connected: () => void
  /** Called after each failure. An alarm once that has gone on for too long, whenever its next name drops. */
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
  let sinceMs: number | undefined
  return {
    pauses,
    connected: () => {
      sinceMs = undefined
      pauses.reset()
    },
    failed: async ({ code, detail }) => {
      sinceMs ??= monotonicMs()
      if (monotonicMs() - sinceMs < unconnectedMsMax) return
      try {
        const facts = { reason: code, detail }
        await raiseAlarms(ctx, [{ kind: 'account_not_ready', subject: accountId, facts }])
      } catch (error) {
        log.warn({ event: 'account.alarm_failed', err: error })
      }
    },
  }
}

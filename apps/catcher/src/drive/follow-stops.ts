import { readOpenStop } from '@droplock/core/registry-stops/read'
import { pause } from '../loops.ts'
import type { LeasedAccount } from './leased-account.ts'

/** How often stops are read: with the answer's way and a create that is just being sent, well within a second. */
const READ_MS = 250

type Stoppable = Pick<LeasedAccount, 'ctx' | 'account' | 'leaseState' | 'log'>

/**
 * Follows stops of the registry by operators until the signal aborts: while one is open no create is sent, and everything else goes
 * on. While the database is unavailable it stays as it is.
 */
export async function followStopsUntil(leased: Stoppable, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await pause(READ_MS, signal)
    try {
      await readStop(leased)
    } catch (error) {
      leased.log.error({ event: 'account.stop_unread', err: error })
    }
  }
}

/** Reads whether the registry is stopped. Throws the database's errors. */
export async function readStop({ ctx, account, leaseState, log }: Stoppable): Promise<void> {
  const stop = await readOpenStop(ctx, account.registryId)
  if (stop?.id === leaseState.stop?.id) return
  leaseState.stop = stop
  log.warn({ event: stop === undefined ? 'registry.restarted' : 'registry.stopped', reason: stop?.reason })
}

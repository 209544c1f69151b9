import type { Reads } from '@droplock/core/database/reads'
import { openTurns } from '@droplock/http/turns'
import { Refusal } from '@droplock/rules/refusals'

/** Requests of one account that run or wait: a burst of a busy shop, and a fifth of all who may wait. */
const OF_ONE_ACCOUNT_MAX = 100

/** Longer than this the last in line would wait for longer than a request may take. */
const WAITING_MAX = 500

/** The connections for reads that may be slow, and the turns in which requests have them: searches never starve orders (ADR 18). */
export type ReadLot = {
  readonly reads: Reads
  /** Of a standby, for searches among all listings, which may be some moments old. Left out: they are read like lists. */
  readonly searches?: Reads | undefined
  /** Waits for a turn. Throws Refusal('read_limit_reached'). */
  readonly take: (accountId: string) => Promise<() => void>
}

export function readLotOf(reads: Reads, searches?: Reads): ReadLot {
  const bounds = { atOnceMax: reads.connectionsMax, waitingMax: WAITING_MAX, ofOneMax: OF_ONE_ACCOUNT_MAX }
  return { reads, searches, take: openTurns(bounds, tooMany).take }
}

function tooMany(): Refusal {
  return new Refusal(
    'read_limit_reached',
    'Other searches and lists are still running. Send this one again when they are answered.',
    { at_once_max: OF_ONE_ACCOUNT_MAX },
  )
}

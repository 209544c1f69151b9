import type { BackorderEvent, FailureReason } from '../machines/backorder.ts'
import type { CatchTargetEvent, Outcome } from '../machines/catch-target.ts'
import type { ListingEvent } from '../machines/listing.ts'
import type { RefundCause } from '../machines/refund.ts'

/** What a target's end does to everything that hangs on it. */
export type OutcomeRow = {
  readonly target: CatchTargetEvent
  readonly listing: ListingEvent
  readonly backorder: BackorderEvent
  readonly failure: FailureReason | null
  readonly refund: RefundCause | null
}

const failure = { backorder: 'fail', refund: 'backorder_failed' } as const

/** Architecture §3: target ends → listing, backorder, automatic refund. Core settles by this table and nothing else. */
export const outcomeTable = {
  registered: { target: 'register', listing: 'catch', backorder: 'succeed', failure: null, refund: null },
  lost: { target: 'lose', listing: 'lose', failure: 'lost', ...failure },
  missed: { target: 'miss', listing: 'miss', failure: 'missed', ...failure },
  premium: { target: 'find_premium', listing: 'find_premium', failure: 'premium', ...failure },
  withdrawn: { target: 'withdraw', listing: 'withdraw', failure: 'withdrawn', ...failure },
  refused: { target: 'refuse', listing: 'refuse', failure: 'refused', ...failure },
} as const satisfies Record<Outcome, OutcomeRow>

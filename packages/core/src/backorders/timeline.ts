import type { Schedule } from '@droplock/rules/listings/decide-move'
import type { BackorderState } from '@droplock/rules/machines/backorder'
import type { PaymentState } from '@droplock/rules/machines/payment'
import type { RefundCause, RefundState } from '@droplock/rules/machines/refund'

/** One thing that happened to a backorder. `kind` tells what, `at` when (to the millisecond). */
export type TimelineEntry = { readonly at: Date } & (
  | {
      readonly kind: 'ordered'
      readonly accountName: string
      readonly priceMinor: bigint
      readonly currency: string
    }
  | {
      readonly kind: 'payment'
      readonly id: string
      readonly method: string
      readonly state: PaymentState
      readonly amountMinor: bigint
      readonly currency: string
    }
  | {
      readonly kind: 'moved_by_list'
      readonly runId: string
      readonly source: string
      readonly before: Schedule | null
      readonly after: Schedule | null
    }
  | { readonly kind: 'suspected'; readonly runId: string; readonly source: string }
  | {
      readonly kind: 'override_applied' | 'override_undone'
      readonly overrideId: string
      readonly by: string
      readonly reason: string
      readonly before: Schedule
      readonly after: Schedule
    }
  | { readonly kind: 'armed'; readonly dropFrom: Date; readonly dropTo: Date; readonly graceUntil: Date }
  | { readonly kind: 'prepared'; readonly priorClid: string | null; readonly priorCrDate: Date | null }
  | {
      readonly kind: 'attempt'
      readonly clTRID: string
      readonly svTRID: string | null
      readonly registryAccountId: string
      readonly command: string
      readonly outcome: string
      readonly code: number | null
      readonly message: string | null
      readonly roundTripMs: number | null
    }
  | {
      readonly kind: 'decided'
      readonly state: BackorderState
      readonly reason: string | null
      readonly code: number | null
      readonly holderClid: string | null
      readonly settledAt: Date | null
    }
  | {
      readonly kind: 'refund_created' | 'refund_decided'
      readonly id: string
      readonly cause: RefundCause
      readonly state: RefundState
      readonly amountMinor: bigint
      readonly currency: string
      readonly by: string | null
      readonly note: string | null
    }
)

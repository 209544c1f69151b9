import type { Schema } from '@droplock/sdk/client'
import type { Backorder, BackorderDetail, Money } from '../api.ts'

type FailureReason = NonNullable<Backorder['failure_reason']>
type ExpiredReason = NonNullable<Backorder['expired_reason']>

/** What became of an order, as the pages say it: its state, and for one that ended without the name the reason. */
export type Outcome = Exclude<Backorder['state'], 'failed' | 'expired'> | FailureReason | ExpiredReason

export function outcomeOf(order: Pick<Backorder, 'state' | 'failure_reason' | 'expired_reason'>): Outcome {
  if (order.state === 'failed') return order.failure_reason ?? 'refused'
  if (order.state === 'expired') return order.expired_reason ?? 'lapsed'
  return order.state
}

/** Whether it is the reason for which an order ended without the name. */
export function isEnd(outcome: Outcome): outcome is FailureReason | ExpiredReason {
  return !(outcome in tones)
}

/** Colours say nothing alone: the state is written beside them. */
export const tones = {
  pending_payment: 'yellow',
  backordered: 'blue',
  registering: 'violet',
  successful: 'green',
  failed: 'red',
  expired: 'gray',
} as const satisfies Record<Backorder['state'], string>

/** Who had the name first, as far as the registry says. */
export type First =
  | { readonly kind: 'us'; readonly at: string | undefined }
  | { readonly kind: 'other'; readonly holder: string | undefined; readonly at: string | undefined }
  | { readonly kind: 'nobody'; readonly reason: Exclude<FailureReason, 'lost'> }

/** Undefined until it is decided. */
export function whoWasFirst({
  settled_at,
  outcome,
}: Pick<BackorderDetail, 'settled_at' | 'outcome'>): First | undefined {
  if (outcome === undefined) return undefined
  if (outcome.result === 'registered') return { kind: 'us', at: settled_at }
  if (outcome.result !== 'lost') return { kind: 'nobody', reason: outcome.result }
  return { kind: 'other', holder: outcome.holder_clid, at: outcome.winner_created_at }
}

/** A span with no more digits than are known. */
export type Span =
  | { readonly kind: 'at_most'; readonly ms: number }
  | { readonly kind: 'between'; readonly fromMs: number; readonly toMs: number }

/** How long after the other registration the registry handled our next command. */
export function spanOf({ min_ms: fromMs, max_ms: toMs }: Schema<'LostBy'>): Span {
  return fromMs <= 0 ? { kind: 'at_most', ms: toMs } : { kind: 'between', fromMs, toMs }
}

/** Where the money of a refund is, or goes. */
export type RefundPlace = 'balance' | 'card'

type SentRefund = Pick<Schema<'RefundDetail'>, 'state' | 'destination' | 'method'>

export function placeOf({ destination, method }: SentRefund): RefundPlace {
  return destination === 'balance' || method === 'balance' ? 'balance' : 'card'
}

/** The sentence about a refund. */
export type RefundSentence =
  | `${'under_way' | 'done'}_${RefundPlace}`
  | 'proposed'
  | 'failed'
  | 'rejected'
  | 'expired'

export function refundSentence(refund: SentRefund): RefundSentence {
  const place = placeOf(refund)
  switch (refund.state) {
    case 'approved':
    case 'processing':
      return `under_way_${place}`
    case 'succeeded':
      return `done_${place}`
    default:
      return refund.state
  }
}

/** What is on its way back, or has come back, of an order's price. */
export function refundedOf(
  refunds: readonly Pick<Schema<'Refund'>, 'state' | 'amount'>[],
): Money | undefined {
  const counted = refunds.filter(({ state }) => !['failed', 'rejected', 'expired'].includes(state))
  const [first] = counted
  if (first === undefined) return undefined
  return { ...first.amount, amount_minor: counted.reduce((sum, { amount }) => sum + amount.amount_minor, 0) }
}

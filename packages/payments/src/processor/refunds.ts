import { disputeOf } from './disputes.ts'
import type { Books, IntentRecord, Outcome, Pen, RefundRecord, Refused } from './records.ts'

type RefundOrder = {
  readonly intentId: string
  readonly amountMinor?: string
  readonly metadata: Readonly<Record<string, string>>
}

export function createRefund(pen: Pen, order: RefundOrder): Outcome {
  const intent = pen.books.intents.get(order.intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  const remaining = remainingOf(pen.books, intent)
  const amountMinor = order.amountMinor === undefined ? remaining : BigInt(order.amountMinor)
  const code = whyNot(pen.books, intent, amountMinor, remaining)
  if (code !== undefined) return { kind: 'refused', code, intent }
  const refund: RefundRecord = {
    id: `re_${pen.id}`,
    intentId: intent.id,
    chargeId: intent.chargeId,
    amountMinor,
    currency: intent.currency,
    metadata: order.metadata,
    status: intent.behaviour === 'refund_is_slow' ? 'pending' : 'succeeded',
    doomed: intent.behaviour === 'refund_fails_later',
    atMs: pen.atMs,
  }
  pen.move({ category: 'refund', amountMinor: -amountMinor, ...without(refund) })
  return become(pen, refund, 'refund.created')
}

/** A slow refund arrives, or one that arrived is sent back by the bank. */
export function settleRefund(pen: Pen, refund: RefundRecord): Outcome {
  if (!refund.doomed) return become(pen, { ...refund, status: 'succeeded' }, 'refund.updated')
  pen.move({ category: 'refund_failure', amountMinor: refund.amountMinor, ...without(refund) })
  return become(pen, { ...refund, status: 'failed' }, 'refund.failed')
}

function without({ currency, id }: RefundRecord) {
  return { feeMinor: 0n, currency, sourceId: id }
}

export function refundsOf(books: Books, intentId: string): RefundRecord[] {
  const ids = [...(books.refundIdsByIntent.get(intentId) ?? [])]
  return ids.map((id) => books.refunds.get(id)).filter((refund) => refund !== undefined)
}

function remainingOf(books: Books, intent: IntentRecord): bigint {
  return refundsOf(books, intent.id)
    .filter(({ status }) => status !== 'failed')
    .reduce((left, { amountMinor }) => left - amountMinor, intent.amountMinor)
}

function whyNot(
  books: Books,
  intent: IntentRecord,
  amountMinor: bigint,
  remaining: bigint,
): Refused | undefined {
  if (intent.status !== 'succeeded') return 'wrong_state'
  const dispute = disputeOf(books, intent)
  if (dispute !== undefined && dispute.status !== 'won') return 'disputed'
  if (remaining === 0n) return 'already_refunded'
  return amountMinor > remaining ? 'amount_exceeds_remaining' : undefined
}

function become(pen: Pen, refund: RefundRecord, type: string): Outcome {
  const { refunds, refundIdsByIntent } = pen.books
  refunds.set(refund.id, refund)
  refundIdsByIntent.set(
    refund.intentId,
    (refundIdsByIntent.get(refund.intentId) ?? new Set<string>()).add(refund.id),
  )
  pen.tell(type, { about: 'refund', record: refund })
  return { kind: 'refund', refund }
}

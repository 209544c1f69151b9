import { disputeOf } from './disputes.ts'
import type { Books, CommandWriter, IntentRecord, Outcome, RefundRecord, Refused } from './records.ts'

type RefundOrder = {
  readonly intentId: string
  readonly amountMinor?: string
  readonly metadata: Readonly<Record<string, string>>
}

export function createRefund(writer: CommandWriter, order: RefundOrder): Outcome {
  const intent = writer.books.intents.get(order.intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  const remaining = remainingOf(writer.books, intent)
  const amountMinor = order.amountMinor === undefined ? remaining : BigInt(order.amountMinor)
  const code = refusalOf(writer.books, intent, amountMinor, remaining)
  if (code !== undefined) return { kind: 'refused', code, intent }
  const refund: RefundRecord = {
    id: `re_${writer.id}`,
    intentId: intent.id,
    chargeId: intent.chargeId,
    amountMinor,
    currency: intent.currency,
    metadata: order.metadata,
    status: intent.behaviour === 'refund_is_slow' ? 'pending' : 'succeeded',
    willBeReturned: intent.behaviour === 'refund_fails_later',
    atMs: writer.atMs,
  }
  writer.addMovement({ category: 'refund', amountMinor: -amountMinor, ...movementOf(refund) })
  return save(writer, refund, 'refund.created')
}

/** A slow refund arrives, or the bank returns one that had arrived. */
export function performDueRefund(writer: CommandWriter, refund: RefundRecord): Outcome {
  if (!refund.willBeReturned) return save(writer, { ...refund, status: 'succeeded' }, 'refund.updated')
  writer.addMovement({ category: 'refund_failure', amountMinor: refund.amountMinor, ...movementOf(refund) })
  return save(writer, { ...refund, status: 'failed' }, 'refund.failed')
}

function movementOf({ currency, id }: RefundRecord) {
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

function refusalOf(
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

function save(writer: CommandWriter, refund: RefundRecord, type: string): Outcome {
  const { refunds, refundIdsByIntent } = writer.books
  refunds.set(refund.id, refund)
  refundIdsByIntent.set(
    refund.intentId,
    (refundIdsByIntent.get(refund.intentId) ?? new Set<string>()).add(refund.id),
  )
  writer.addEvent(type, { about: 'refund', record: refund })
  return { kind: 'refund', refund }
}

import type { Books, DisputeRecord, IntentRecord, Outcome, Pen } from './records.ts'

/** A lost or open dispute costs the merchant this, in minor units; winning gives it back. */
const disputeFeeMinor = 1_500n

export function openDispute(pen: Pen, intentId: string): Outcome {
  const intent = pen.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  if (intent.status !== 'succeeded' || disputeOf(pen.books, intent) !== undefined) {
    return { kind: 'refused', code: 'wrong_state', intent }
  }
  const { amountMinor, currency, chargeId } = intent
  const id = `du_${pen.id}`
  pen.move({
    category: 'dispute',
    amountMinor: -amountMinor,
    feeMinor: disputeFeeMinor,
    currency,
    sourceId: id,
  })
  const dispute: DisputeRecord = {
    id,
    intentId,
    chargeId,
    amountMinor,
    currency,
    status: 'needs_response',
    atMs: pen.atMs,
  }
  return become(pen, dispute, 'charge.dispute.created')
}

export function closeDispute(pen: Pen, disputeId: string, won: boolean): Outcome {
  const dispute = pen.books.disputes.get(disputeId)
  if (dispute === undefined) return { kind: 'refused', code: 'not_found' }
  if (dispute.status !== 'needs_response') return { kind: 'refused', code: 'wrong_state' }
  if (won) {
    const { amountMinor, currency, id: sourceId } = dispute
    pen.move({ category: 'dispute_reversal', amountMinor, feeMinor: -disputeFeeMinor, currency, sourceId })
  }
  return become(pen, { ...dispute, status: won ? 'won' : 'lost' }, 'charge.dispute.closed')
}

export function disputeOf(books: Books, intent: IntentRecord): DisputeRecord | undefined {
  const id = books.disputeIdByIntent.get(intent.id)
  return id === undefined ? undefined : books.disputes.get(id)
}

function become(pen: Pen, dispute: DisputeRecord, type: string): Outcome {
  pen.books.disputes.set(dispute.id, dispute)
  pen.books.disputeIdByIntent.set(dispute.intentId, dispute.id)
  pen.tell(type, { about: 'dispute', record: dispute })
  return { kind: 'dispute', dispute }
}

import type { Books, CommandWriter, DisputeRecord, IntentRecord, Outcome } from './records.ts'

/** The fee of a dispute, in minor units. It is returned if the dispute is won. */
const disputeFeeMinor = 1_500n

export function openDispute(writer: CommandWriter, intentId: string): Outcome {
  const intent = writer.books.intents.get(intentId)
  if (intent === undefined) return { kind: 'refused', code: 'not_found' }
  if (intent.status !== 'succeeded' || disputeOf(writer.books, intent) !== undefined) {
    return { kind: 'refused', code: 'wrong_state', intent }
  }
  const { amountMinor, currency, chargeId } = intent
  const id = `du_${writer.id}`
  writer.addMovement({
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
    atMs: writer.atMs,
  }
  return save(writer, dispute, 'charge.dispute.created')
}

export function closeDispute(writer: CommandWriter, disputeId: string, won: boolean): Outcome {
  const dispute = writer.books.disputes.get(disputeId)
  if (dispute === undefined) return { kind: 'refused', code: 'not_found' }
  if (dispute.status !== 'needs_response') return { kind: 'refused', code: 'wrong_state' }
  if (won) {
    const { amountMinor, currency, id: sourceId } = dispute
    writer.addMovement({
      category: 'dispute_reversal',
      amountMinor,
      feeMinor: -disputeFeeMinor,
      currency,
      sourceId,
    })
  }
  return save(writer, { ...dispute, status: won ? 'won' : 'lost' }, 'charge.dispute.closed')
}

export function disputeOf(books: Books, intent: IntentRecord): DisputeRecord | undefined {
  const id = books.disputeIdByIntent.get(intent.id)
  return id === undefined ? undefined : books.disputes.get(id)
}

function save(writer: CommandWriter, dispute: DisputeRecord, type: string): Outcome {
  writer.books.disputes.set(dispute.id, dispute)
  writer.books.disputeIdByIntent.set(dispute.intentId, dispute.id)
  writer.addEvent(type, { about: 'dispute', record: dispute })
  return { kind: 'dispute', dispute }
}

import type { Books, CommandWriter, DisputeRecord, DisputeTerms, IntentRecord, Outcome } from './records.ts'

/** The fee of a dispute, in minor units. It is returned if the dispute is won. */
const disputeFeeMinor = 1_500n

/** Most card networks give from 7 to 21 days. Milliseconds. */
const evidenceMs = 9 * 86_400_000

export function openDispute(writer: CommandWriter, intentId: string, terms: DisputeTerms = {}): Outcome {
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
    reason: terms.reason ?? 'fraudulent',
    status: 'needs_response',
    dueByMs: writer.atMs + (terms.dueInMs ?? evidenceMs),
    evidence: {},
    atMs: writer.atMs,
  }
  return save(writer, dispute, 'charge.dispute.created')
}

export function submitEvidence(
  writer: CommandWriter,
  disputeId: string,
  evidence: Readonly<Record<string, string>>,
): Outcome {
  const dispute = writer.books.disputes.get(disputeId)
  if (dispute === undefined) return { kind: 'refused', code: 'not_found' }
  if (!takesEvidence(dispute, writer.atMs)) return { kind: 'refused', code: 'evidence_closed' }
  return save(writer, { ...dispute, evidence, status: 'under_review' }, 'charge.dispute.updated')
}

function takesEvidence({ status, dueByMs }: DisputeRecord, atMs: number): boolean {
  return status === 'needs_response' && atMs < dueByMs
}

export function closeDispute(writer: CommandWriter, disputeId: string, won: boolean): Outcome {
  const dispute = writer.books.disputes.get(disputeId)
  if (dispute === undefined) return { kind: 'refused', code: 'not_found' }
  if (dispute.status === 'won' || dispute.status === 'lost') return { kind: 'refused', code: 'wrong_state' }
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

import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A dispute with our answer, which is locked if there is one. Throws Refusal('dispute_not_found'). */
export async function lockAnswer(tx: Transaction<Database>, disputeId: string) {
  const evidence = await tx
    .selectFrom('dispute_evidence')
    .selectAll()
    .where('dispute_id', '=', disputeId)
    .forUpdate()
    .executeTakeFirst()
  // Read after the lock: an answer that was waited for may have been taken.
  const dispute = await tx.selectFrom('dispute').selectAll().where('id', '=', disputeId).executeTakeFirst()
  if (dispute === undefined) throw new Refusal('dispute_not_found', 'No such dispute.', { id: disputeId })
  const facts = {
    state: dispute.state,
    answeredAt: dispute.answered_at,
    evidenceDueAt: dispute.evidence_due_at,
    evidenceState: evidence?.state ?? null,
  }
  return { dispute, evidence, facts }
}

export function evidenceChanged(version: number): Refusal {
  return new Refusal('evidence_changed', 'Another person saved this evidence meanwhile.', { version })
}

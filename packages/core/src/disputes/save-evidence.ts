import { requireAnswerable } from '@droplock/rules/disputes/answer'
import { type Evidence, withoutEmpty } from '@droplock/rules/disputes/evidence'
import { evidenceMachine } from '@droplock/rules/machines/dispute-evidence'
import { next } from '@droplock/rules/machines/machine'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { evidenceChanged, lockAnswer } from './internal.ts'

type SaveEvidence = {
  readonly disputeId: string
  /** The version that is edited; 0 where there is none yet. */
  readonly version: number
  readonly fields: Evidence
}

/**
 * Saves the draft of our answer to a dispute, whole. Nothing is sent. Evidence that the provider refused becomes a draft again. Throws
 * Refusal: forbidden, dispute_not_found, dispute_decided, evidence_submitted, dispute_deadline_passed, evidence_changed, try_again.
 */
export async function saveEvidence(ctx: StaffContext, saved: SaveEvidence): Promise<void> {
  requirePermission(ctx, 'disputes:edit')
  const { disputeId, version } = saved
  const fields = withoutEmpty(saved.fields)
  await inTransaction(ctx.db, async (tx) => {
    const { evidence, facts } = await lockAnswer(tx, disputeId)
    const now = await databaseTime(tx)
    requireAnswerable(facts, now)
    const before = evidence?.version ?? 0
    if (before !== version) throw evidenceChanged(before)
    const draft = { fields, version: version + 1 }
    const by = { saved_by: ctx.actor.staffId, saved_at: now }
    if (evidence === undefined) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('dispute_evidence')
        .values({ dispute_id: disputeId, state: 'draft', ...draft, ...by })
        .onConflict((on) => on.column('dispute_id').doNothing())
        .executeTakeFirstOrThrow()
      // Two people began at once.
      if (numInsertedOrUpdatedRows === 0n) throw evidenceChanged(1)
    } else {
      const state =
        evidence.state === 'refused' ? next(evidenceMachine, evidence.state, 'change') : evidence.state
      const unsent = { submission_id: null, submitted_by: null, submitted_at: null, ended_at: null }
      await tx
        .updateTable('dispute_evidence')
        .set({ state, ...draft, ...by, ...unsent, attempts: 0, failure: null })
        .where('dispute_id', '=', disputeId)
        .execute()
    }
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'dispute.evidence_saved',
      subjectType: 'dispute',
      subjectId: disputeId,
      before: { version: before, fields: evidence?.fields ?? {} },
      after: { version: version + 1, fields },
    })
  })
}

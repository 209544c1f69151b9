import { requireAnswerable } from '@droplock/rules/disputes/answer'
import { evidenceMachine } from '@droplock/rules/machines/dispute-evidence'
import { next } from '@droplock/rules/machines/machine'
import { Refusal } from '@droplock/rules/refusals'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { databaseTime } from '../database/time.ts'
import { evidenceChanged, lockAnswer } from './internal.ts'

type SubmitEvidence = {
  readonly disputeId: string
  /** The version that the person has seen. */
  readonly version: number
  readonly reason: string
}

/**
 * Submits the draft as it was saved; the worker sends it (`sendEvidence`). It cannot be changed any more, unless the provider refuses
 * it. Throws Refusal: forbidden, step_up_required, reason_required, dispute_not_found, dispute_decided, evidence_submitted,
 * dispute_deadline_passed, evidence_empty, evidence_changed, try_again.
 */
export async function submitEvidence(
  ctx: StaffContext,
  { disputeId, version, reason: given }: SubmitEvidence,
): Promise<void> {
  const change = {
    permission: 'disputes:submit',
    subject: ['dispute', disputeId],
    reason: given,
  } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { evidence, facts } = await lockAnswer(tx, disputeId)
    const now = await databaseTime(tx)
    requireAnswerable(facts, now)
    if (evidence === undefined || Object.keys(evidence.fields).length === 0)
      throw new Refusal('evidence_empty', 'There is no evidence to submit.')
    if (evidence.version !== version) throw evidenceChanged(evidence.version)
    const state = next(evidenceMachine, evidence.state, 'submit')
    await tx
      .updateTable('dispute_evidence')
      .set({
        state,
        submission_id: ctx.newId(),
        submitted_by: ctx.actor.staffId,
        submitted_at: now,
        ended_at: null,
        try_after: now,
        attempts: 0,
        failure: null,
      })
      .where('dispute_id', '=', disputeId)
      .execute()
    noteWork(tx)
    return {
      action: 'dispute.evidence_submitted',
      before: { state: evidence.state },
      after: { state, version, fields: evidence.fields },
    }
  })
}

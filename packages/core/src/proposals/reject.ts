import { proposalPermissions } from '@droplock/rules/proposals'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { endProposal, lockDecidable } from './internal.ts'

type RejectProposal = { readonly proposalId: string; readonly note: string }

/**
 * Rejects what another person proposed: nothing changes, and it can be proposed again. Throws Refusal: forbidden, reason_required,
 * proposal_not_found, proposal_already_decided, decider_is_proposer, proposal_expired.
 */
export async function rejectProposal(ctx: StaffContext, decision: RejectProposal): Promise<void> {
  requirePermission(ctx, 'proposals:decide')
  const note = requireReason(decision.note)
  await inTransaction(ctx.db, async (tx) => {
    const proposal = await lockDecidable(tx, ctx, decision.proposalId)
    requirePermission(ctx, proposalPermissions[proposal.kind].decide)
    await endProposal(tx, ctx, proposal, 'reject', note)
  })
}

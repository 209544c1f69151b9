import { decideStop } from '@droplock/rules/drop/stop'
import type { Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockStopFacts, writeStop } from '../registry-stops/internal.ts'
import { insertProposal } from './internal.ts'

type ProposeRegistryStop = { readonly registryId: string; readonly reason: string }

/**
 * Proposes to stop a registry while names that were paid for are in their window; another person decides, and creates go on until then.
 * Returns the proposal's id. Throws Refusal: forbidden, reason_required, registry_not_found, registry_stopped, proposal_open, try_again.
 */
export async function proposeRegistryStop(ctx: StaffContext, proposed: ProposeRegistryStop): Promise<string> {
  requirePermission(ctx, 'registries:stop')
  const reason = requireReason(proposed.reason)
  return inTransaction(ctx.db, async (tx) => {
    const facts = await lockStopFacts(tx, proposed.registryId)
    decideStop(facts, 'two')
    return insertProposal(tx, ctx, {
      kind: 'registry_stop',
      subject: proposed.registryId,
      terms: { names_in_window: String(facts.paidInWindow) },
      reason,
    })
  })
}

type Approved = { readonly registryId: string; readonly reason: string; readonly proposalId: string }

/** Stops the registry as it was proposed. Throws Refusal: registry_not_found, registry_stopped. */
export async function stopAsProposed(
  tx: Transaction<Database>,
  ctx: StaffContext,
  { registryId, reason, proposalId }: Approved,
): Promise<void> {
  decideStop(await lockStopFacts(tx, registryId), 'two')
  await writeStop({ ...ctx, db: tx }, { registryId, reason, proposalId })
  await recordAudit(tx, {
    by: ctx.actor,
    action: 'registry.stopped',
    subjectType: 'registry',
    subjectId: registryId,
    reason,
    after: { proposal_id: proposalId },
  })
}

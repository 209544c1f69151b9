import { decideDecision } from '@droplock/rules/refunds/decide-manual'
import type { Transaction } from 'kysely'
import type { StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { type LockedRefund, lockRefund } from './lock.ts'

/**
 * A proposed refund that this person may decide, with all it touches, locked. Throws Refusal: refund_not_found,
 * refund_already_decided, decider_is_proposer.
 */
export async function lockProposed(
  tx: Transaction<Database>,
  ctx: StaffContext,
  refundId: string,
): Promise<LockedRefund> {
  const locked = await lockRefund(tx, refundId)
  const { state, cause, proposed_by: proposedBy } = locked.refund
  decideDecision({ state, cause, proposedBy }, ctx.actor.staffId)
  return locked
}

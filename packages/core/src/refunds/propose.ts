import { decideProposal, type RefundReason } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRefundable } from './refundable.ts'

export type ProposeRefund = {
  readonly backorderId: string
  readonly amountMinor: bigint
  readonly reasonCode: RefundReason
  readonly note: string
}

/**
 * Proposes a refund to the customer's balance; another person decides. Counted under the payment's lock with all that was
 * refunded or proposed before. Returns the refund's id. Throws Refusal: forbidden, reason_required, backorder_not_found,
 * backorder_undecided, refund_exceeds_remaining, try_again. Rules 4, 9.
 */
export async function proposeRefund(ctx: StaffContext, proposal: ProposeRefund): Promise<string> {
  requirePermission(ctx, 'refunds:propose')
  const note = requireReason(proposal.note)
  const { amountMinor, reasonCode } = proposal
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    const { backorder, payment, facts } = await lockRefundable(tx, proposal.backorderId)
    decideProposal(facts, amountMinor)
    // Without a payment nothing remains, so the decision has refused already.
    if (payment === undefined) throw new Refusal('refund_exceeds_remaining', 'Nothing was paid.')
    await tx
      .insertInto('refund')
      .values({
        id,
        payment_id: payment.id,
        cause: 'manual',
        state: 'proposed',
        destination: 'balance',
        amount_minor: amountMinor,
        currency: payment.currency,
        reason_code: reasonCode,
        note,
        proposed_by: ctx.actor.staffId,
        created_at: await databaseTime(tx),
      })
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.proposed',
      subjectType: 'refund',
      subjectId: id,
      reason: note,
      after: {
        state: 'proposed',
        backorder_id: backorder.id,
        name: backorder.name,
        amount_minor: amountMinor,
        currency: payment.currency,
        reason_code: reasonCode,
      },
    })
  })
  return id
}

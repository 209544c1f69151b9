import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { lockProposed } from './lock-proposed.ts'

export type ApproveRefund = { readonly refundId: string; readonly note?: string }

/**
 * Approves a proposed refund to the balance: revenue → customer balance, in this transaction, so it succeeds at once. Throws
 * Refusal: forbidden, refund_not_found, refund_already_decided, decider_is_proposer, try_again. Rule 9.
 */
export async function approveRefund(ctx: StaffContext, decision: ApproveRefund): Promise<void> {
  requirePermission(ctx, 'refunds:decide')
  await inTransaction(ctx.db, async (tx) => {
    const { backorder, account, refund } = await lockProposed(tx, ctx, decision.refundId)
    // A failure was refunded in full by itself: nothing of it remains to be proposed.
    if (backorder.state !== 'successful') throw new Error(`a ${backorder.state} backorder has no revenue`)
    const approved = next(refundMachine, refund.state, 'approve')
    const state = next(refundMachine, next(refundMachine, approved, 'process'), 'succeed')
    await tx
      .updateTable('refund')
      .set({
        state,
        decided_by: ctx.actor.staffId,
        decision_note: decision.note ?? null,
        decided_at: await databaseTime(tx),
      })
      .where('id', '=', refund.id)
      .execute()
    await post(tx, {
      cause: 'refund',
      causeId: refund.id,
      from: 'revenue',
      to: 'customer_balance',
      amountMinor: refund.amount_minor,
      currency: refund.currency,
      accountId: account.id,
      backorderId: backorder.id,
    })
    await publish(tx, ctx, 'refund.succeeded', { id: refund.id, accountId: account.id })
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.approved',
      subjectType: 'refund',
      subjectId: refund.id,
      reason: decision.note,
      before: { state: refund.state, balance_minor: account.balance_minor },
      after: { state, balance_minor: account.balance_minor + refund.amount_minor },
    })
  })
}

import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { manualSource, type RefundSource, waitingLedgerAccount } from '@droplock/rules/refunds/destination'
import { APPROVAL_MS_MAX, decideApproval } from '@droplock/rules/refunds/manual'
import { recordAudit } from '../audit/record.ts'
import { requireActiveProposer } from '../audit/require-active.ts'
import { requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { resolveFinanceTask } from '../finance-tasks.ts'
import type { LockedRefund } from '../locks.ts'
import { fundRefund, lockProposed, notifyOfRefund } from './internal.ts'
import { termsHash } from './read.ts'

type ApproveRefund = {
  readonly refundId: string
  /** The hash of the terms that the approver was shown (see `termsHash`), in hex. */
  readonly seenHash: string
  readonly note?: string
  /** The hash of the batch that it is approved with, in hex. */
  readonly batchHash?: string
}

/**
 * Approves a proposed refund, as it was seen. To the balance the money moves in this transaction; to a card the worker sends it.
 * Throws Refusal: forbidden, refund_not_found, refund_already_decided, decider_is_proposer, proposer_disabled, refund_expired,
 * refund_changed, refund_exceeds_balance, try_again. Rule 9.
 */
export async function approveRefund(ctx: StaffContext, decision: ApproveRefund): Promise<void> {
  requirePermission(ctx, 'refunds:decide')
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockProposed(tx, ctx, decision.refundId)
    const { payment, account, refund, name } = locked
    const { id, amount_minor: amountMinor, currency, destination, retries_refund_id: retriesId } = refund
    await requireActiveProposer(tx, refund.proposed_by)
    const now = await databaseTime(tx)
    const terms = termsHash({ ...refund, account_id: payment.account_id })
    decideApproval({ expiresAt: refund.expires_at, termsHash: terms, seenHash: decision.seenHash }, now)
    const funded = { id, amountMinor, destination, retriesId }
    const placed = await fundRefund(tx, ctx, payment, funded, sourceOf(locked))
    const state = next(refundMachine, refund.state, placed === 'succeeded' ? 'credit' : 'approve')
    await tx
      .updateTable('refund')
      .set({
        state,
        approved_sha256: Buffer.from(terms, 'hex'),
        decided_by: ctx.actor.staffId,
        decision_note: decision.note ?? null,
        decided_at: now,
        expires_at: new Date(now.getTime() + APPROVAL_MS_MAX),
        try_after: state === 'approved' ? now : null,
      })
      .where('id', '=', id)
      .execute()
    await notifyOfRefund(tx, ctx, { ...refund, state })
    if (retriesId !== null)
      await resolveFinanceTask(tx, 'refund_failed', retriesId, `retried as ${id}`, ctx.actor.staffId)
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund.approved',
      subjectType: 'refund',
      subjectId: id,
      reason: decision.note,
      before: { state: refund.state, balance_minor: account.balance_minor },
      after: {
        state,
        name,
        account_id: account.id,
        account_name: account.name,
        amount_minor: amountMinor,
        currency,
        destination,
        terms_sha256: terms,
        batch_sha256: decision.batchHash,
      },
    })
  })
}

/** A retry takes the money from where the failed refund left it. */
function sourceOf({ backorder, renewal, payment, refund }: LockedRefund): RefundSource {
  if (refund.retries_refund_id !== null) return waitingLedgerAccount(payment)
  const source = manualSource(payment.purpose)
  // A failed order was refunded in full automatically: nothing of it remains to be proposed.
  if (source === 'revenue' && (backorder ?? renewal)?.state !== 'successful')
    throw new Error(`refund ${refund.id} is of no revenue`)
  return source
}

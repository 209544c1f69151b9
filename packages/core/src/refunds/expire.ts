import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { manualSource } from '@droplock/rules/refunds/destination'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { post } from '../ledger/post.ts'
import { lockRefund } from '../locks.ts'

/**
 * Expires one refund that waited too long: a proposal that nobody decided, or a manual refund that was approved and never sent, whose
 * money goes back to where it came from. The refund of a failed order never expires. Returns whether there was one.
 */
export async function expireRefund(ctx: Context): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from refund where expires_at <= statement_timestamp() and (state = 'proposed'
        or (state = 'approved' and attempts = 0 and cause = 'manual' and retries_refund_id is null))
      order by expires_at limit 1`.execute(tx)
    const id = rows[0]?.id
    if (id === undefined) return false
    const { payment, refund, name } = await lockRefund(tx, id)
    // It may have been decided or sent while this waited for its lock.
    if (refund.state !== 'proposed' && (refund.state !== 'approved' || refund.attempts > 0)) return true
    const now = await databaseTime(tx)
    const state = next(refundMachine, refund.state, 'expire')
    await tx
      .updateTable('refund')
      .set({ state, decided_at: now, try_after: null })
      .where('id', '=', id)
      .execute()
    if (refund.state === 'approved') {
      await post(tx, {
        cause: 'refund_expired',
        causeId: id,
        from: 'refunds_payable',
        to: manualSource(payment.purpose),
        amountMinor: refund.amount_minor,
        currency: refund.currency,
        accountId: payment.account_id,
        backorderId: payment.backorder_id ?? undefined,
        renewalId: payment.renewal_id ?? undefined,
        paymentId: payment.id,
      })
    }
    await recordAudit(tx, {
      action: 'refund.expired',
      subjectType: 'refund',
      subjectId: id,
      before: { state: refund.state },
      after: { state, name },
    })
    return true
  })
}

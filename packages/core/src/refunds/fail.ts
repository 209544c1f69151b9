import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { waitingPlace } from '@droplock/rules/refunds/plan-funding'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { openFinanceTask } from '../finance-tasks/open.ts'
import { settleFinanceTask } from '../finance-tasks/settle.ts'
import { post } from '../ledger/post.ts'
import type { LockedPayment } from '../payments/lock.ts'
import type { LockedRefund } from './lock.ts'
import { notifyOfRefund } from './notify.ts'

/**
 * The provider is certain that the money is not with the customer: the refund failed, and finance has a task. What had reached
 * the card and came back is posted back to where it waited. The caller holds the locks.
 */
export async function failRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: LockedRefund['refund'],
  reason: string,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('refund')
    .set({
      state: next(refundMachine, refund.state, 'fail'),
      failure: reason,
      decided_at: now,
      try_after: null,
    })
    .where('id', '=', refund.id)
    .execute()
  if (refund.state === 'succeeded') {
    await post(tx, {
      cause: 'refund_returned',
      causeId: refund.id,
      from: 'provider_clearing',
      to: waitingPlace(payment),
      amountMinor: refund.amount_minor,
      currency: refund.currency,
      accountId: payment.account_id,
      paymentId: payment.id,
    })
  }
  await settleFinanceTask(tx, 'refund_stuck', refund.id, reason)
  await openFinanceTask(tx, ctx, { kind: 'refund_failed', subjectId: refund.id, detail: reason })
  await notifyOfRefund(tx, ctx, { ...refund, state: 'failed' })
}

import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { waitingPlace } from '@droplock/rules/refunds/plan-funding'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { settleFinanceTask } from '../finance-tasks/settle.ts'
import { creditRefund } from '../invoices/credit.ts'
import { post } from '../ledger/post.ts'
import type { LockedPayment } from '../payments/lock.ts'
import type { LockedRefund } from './lock.ts'
import { notifyOfRefund } from './notify.ts'

/**
 * The money has reached the card: what waited for it → provider clearing, and of what was invoiced there is a credit note. The
 * caller holds the locks.
 */
export async function completeRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: LockedRefund['refund'],
  now: Date,
): Promise<void> {
  await tx
    .updateTable('refund')
    .set({
      state: next(refundMachine, refund.state, 'succeed'),
      decided_at: now,
      try_after: null,
      failure: null,
    })
    .where('id', '=', refund.id)
    .execute()
  await post(tx, {
    cause: 'refund_paid',
    causeId: refund.id,
    from: waitingPlace(payment),
    to: 'provider_clearing',
    amountMinor: refund.amount_minor,
    currency: refund.currency,
    accountId: payment.account_id,
    paymentId: payment.id,
  })
  await settleFinanceTask(tx, 'refund_stuck', refund.id, 'the money has arrived')
  await notifyOfRefund(tx, ctx, { ...refund, state: 'succeeded' })
  await creditRefund(tx, ctx, payment, {
    id: refund.id,
    retriesId: refund.retries_refund_id,
    amountMinor: refund.amount_minor,
  })
}

import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import { waitingPlace } from '@droplock/rules/refunds/destination'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { openFinanceTask, settleFinanceTask } from '../finance-tasks.ts'
import { post } from '../ledger/post.ts'
import type { LockedPayment, LockedRefund } from '../locks.ts'
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

/**
 * Fails the refunds that were waiting for the card of a payment that was charged back: sent there, the money would be paid
 * twice. Each becomes a task. The caller holds payment and account.
 */
export async function failBlockedRefunds(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
): Promise<void> {
  const blocked = await tx
    .selectFrom('refund')
    .select(['id', 'state', 'notify'])
    .where('payment_id', '=', payment.id)
    .where('destination', '=', 'original_payment')
    .where('state', '=', 'approved')
    .orderBy('id')
    .forUpdate()
    .execute()
  const now = await databaseTime(tx)
  for (const { id, state, notify } of blocked) {
    const detail = 'the payment was charged back'
    await tx
      .updateTable('refund')
      .set({
        state: next(refundMachine, state, 'block'),
        failure: 'charged_back',
        decided_at: now,
      })
      .where('id', '=', id)
      .execute()
    await openFinanceTask(tx, ctx, { kind: 'refund_failed', subjectId: id, detail })
    await notifyOfRefund(tx, ctx, { id, state: 'failed', notify })
  }
}

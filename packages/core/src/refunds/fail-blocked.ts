import { next } from '@droplock/rules/machines/machine'
import { refundMachine } from '@droplock/rules/machines/refund'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { openFinanceTask } from '../finance-tasks/open.ts'
import type { LockedPayment } from '../payments/lock.ts'
import { notifyOfRefund } from './notify.ts'

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

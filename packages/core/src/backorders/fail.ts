import { backorderMachine, type FailureReason } from '@droplock/rules/machines/backorder'
import { next } from '@droplock/rules/machines/machine'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { lockSecuringPayment } from '../payments/lock.ts'
import { refundAutomatically } from '../refunds/refund-automatically.ts'
import type { LockedBackorder } from './lock.ts'

/** The name is not ours: the backorder fails with its reason and its money goes back at once. The caller holds the locks. */
export async function failBackorder(
  tx: Transaction<Database>,
  ctx: Context,
  backorder: LockedBackorder,
  reason: FailureReason,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('backorder')
    .set({ state: next(backorderMachine, backorder.state, 'fail'), failure_reason: reason, decided_at: now })
    .where('id', '=', backorder.id)
    .execute()
  const payment = await lockSecuringPayment(tx, backorder.id)
  const refund = await refundAutomatically(tx, ctx, {
    payment,
    cause: 'backorder_failed',
    source: 'escrow',
    now,
  })
  await publish(tx, ctx, 'backorder.failed', backorder.id, { refund })
}

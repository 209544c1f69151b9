import { backorderMachine, type FailureReason } from '@droplock/rules/machines/backorder'
import { next } from '@droplock/rules/machines/machine'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { type LockedBackorder, lockSecuringPayment } from '../locks.ts'
import { refundAutomatically } from '../refunds/refund-automatically.ts'

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

/** The times of the registration that was won: its creation, and its end. */
type Won = { readonly crDate: Date; readonly expiresAt: Date }

/** The name is ours: escrow → revenue, settled at the registry's crDate (rule 8). The caller holds the locks. */
export async function succeedBackorder(
  tx: Transaction<Database>,
  ctx: Context,
  backorder: LockedBackorder,
  { crDate, expiresAt }: Won,
  now: Date,
): Promise<void> {
  await tx
    .updateTable('backorder')
    .set({ state: next(backorderMachine, backorder.state, 'succeed'), settled_at: crDate, decided_at: now })
    .where('id', '=', backorder.id)
    .execute()
  await post(tx, {
    cause: 'settle',
    causeId: backorder.id,
    from: 'escrow',
    to: 'revenue',
    amountMinor: backorder.price_minor,
    currency: backorder.currency,
    accountId: backorder.account_id,
    backorderId: backorder.id,
  })
  await publish(tx, ctx, 'backorder.successful', backorder.id, { expires_at: expiresAt.toISOString() })
}

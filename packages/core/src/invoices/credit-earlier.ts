import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LockedPayment } from '../payments/lock.ts'
import { creditRefund } from './credit.ts'

/**
 * Issues the credit notes of what was refunded before the invoice was asked for: the invoice is of what was paid, and together
 * they say what remains. The caller holds the payment, so none succeeds meanwhile.
 */
export async function creditEarlierRefunds(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment | undefined,
): Promise<void> {
  if (payment === undefined) return
  const refunds = await tx
    .selectFrom('refund')
    .select(['id', 'retries_refund_id', 'amount_minor'])
    .where('payment_id', '=', payment.id)
    .where('state', '=', 'succeeded')
    .orderBy('id')
    .execute()
  for (const { id, retries_refund_id: retriesId, amount_minor: amountMinor } of refunds) {
    await creditRefund(tx, ctx, payment, { id, retriesId, amountMinor })
  }
}

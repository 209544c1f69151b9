import type { RefundCause, RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import type { Context } from '../context.ts'

/** A refund as its payer sees it. Amounts in minor units. */
export type RefundOfPayment = {
  readonly id: string
  readonly cause: RefundCause
  readonly state: RefundState
  readonly destination: RefundDestination
  readonly amountMinor: bigint
  readonly currency: string
  readonly createdAt: Date
}

/** The refunds of these payments that are more than talk, oldest first. The payments are the caller's. */
export async function readRefunds(
  ctx: Context,
  paymentIds: readonly string[],
): Promise<readonly RefundOfPayment[]> {
  if (paymentIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('refund')
    .select(['id', 'cause', 'state', 'destination', 'amount_minor', 'currency', 'created_at'])
    .where('payment_id', 'in', paymentIds)
    // What people still talk about, or decided against, is no refund to a customer.
    .where('state', 'not in', ['proposed', 'rejected', 'expired'])
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    cause: row.cause,
    state: row.state,
    destination: row.destination,
    amountMinor: row.amount_minor,
    currency: row.currency,
    createdAt: row.created_at,
  }))
}

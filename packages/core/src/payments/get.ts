import type { PaymentState } from '@droplock/rules/machines/payment'
import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'

/** A payment as its payer sees it. Amounts in minor units. */
export type PaymentView = {
  readonly id: string
  readonly purpose: 'backorder' | 'top_up' | 'renewal'
  readonly method: 'balance' | 'card'
  readonly state: PaymentState
  readonly amountMinor: bigint
  readonly currency: string
  readonly backorderId: string | null
  /** It secures that backorder. */
  readonly secures: boolean
  readonly payBy: Date | null
  readonly createdAt: Date
}

/** One of the caller's payments. Throws Refusal: insufficient_scope, payment_not_found. */
export async function getPayment(ctx: AccountContext, id: string): Promise<PaymentView> {
  requireScope(ctx, 'backorders:read')
  const row = await ctx.db
    .selectFrom('payment')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.actor.accountId)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  return {
    id: row.id,
    purpose: row.purpose,
    method: row.method,
    state: row.state,
    amountMinor: row.amount_minor,
    currency: row.currency,
    backorderId: row.backorder_id,
    secures: row.secures,
    payBy: row.pay_by,
    createdAt: row.created_at,
  }
}

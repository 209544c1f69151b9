import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { type RefundOfPayment, readRefunds } from '../refunds/read-of-payments.ts'
import { type PaymentView, selectPayments, toPaymentView } from './view.ts'

export type PaymentCase = PaymentView & { readonly refunds: readonly RefundOfPayment[] }

/** One of the caller's payments, with what came back of it. Throws Refusal: insufficient_scope, payment_not_found. */
export async function getPayment(ctx: AccountContext, id: string): Promise<PaymentCase> {
  requireScope(ctx, 'backorders:read')
  const row = await selectPayments(ctx).where('payment.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id })
  return { ...toPaymentView(row), refunds: await readRefunds(ctx, [id]) }
}

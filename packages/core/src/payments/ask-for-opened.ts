import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { Refusal } from '@droplock/rules/refusals'
import type { AccountContext } from '../context.ts'
import { type AskedPayment, askForSecret } from './ask-for-secret.ts'
import { selectPayments, toPaymentView } from './view.ts'

/**
 * The provider's word on a payment that the caller has just opened: what was opened stands, whatever comes of this, for the
 * worker asks again. No scope of its own: opening it needed one. Not in a transaction. Throws Refusal('payment_not_found').
 */
export async function askForOpened(
  ctx: AccountContext,
  provider: PaymentProvider,
  paymentId: string,
): Promise<AskedPayment> {
  const row = await selectPayments(ctx).where('payment.id', '=', paymentId).executeTakeFirst()
  if (row === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id: paymentId })
  const payment = toPaymentView(row)
  return { ...payment, ...(await askForSecret(ctx, provider, payment)) }
}

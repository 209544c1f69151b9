import { money } from '@droplock/rules/money/money'
import type { Answer, Intent, PaymentProvider } from '@droplock/rules/ports/payments'
import { Refusal } from '@droplock/rules/refusals'
import type { Context } from '../context.ts'
import { applyIntent } from './apply-intent.ts'

/**
 * Asks the provider for a card payment that was opened, under its own id, so that any number of tries make one. What the
 * provider says is applied; the answer's `clientSecret` is for the payer alone and kept nowhere. Not in a transaction. Throws
 * Refusal('payment_not_found').
 */
export async function createIntent(
  ctx: Context,
  provider: PaymentProvider,
  paymentId: string,
): Promise<Answer<Intent>> {
  const payment = await ctx.db
    .selectFrom('payment')
    .select(['id', 'account_id', 'purpose', 'amount_minor', 'currency'])
    .where('id', '=', paymentId)
    .where('method', '=', 'card')
    .executeTakeFirst()
  if (payment === undefined) throw new Refusal('payment_not_found', 'No such payment.', { id: paymentId })
  const answer = await provider.createIntent({
    paymentId: payment.id,
    amount: money(payment.amount_minor, payment.currency),
    customerReference: payment.account_id,
    metadata: { purpose: payment.purpose },
  })
  if (answer.kind === 'done') await applyIntent(ctx, provider.name, answer.value)
  return answer
}

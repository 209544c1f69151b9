import { decideAnotherPayment } from '@droplock/rules/payments/decide-another'
import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { openCardPayment } from '../payments/open-card-payment.ts'

/**
 * Opens another card payment for the caller's unpaid renewal, within the same time to pay. Should two of them be captured, one
 * pays the renewal and the other goes back. Returns its id. Throws Refusal: insufficient_scope, renewal_not_found, payment_ended
 * (the time is over, it is paid, or there were too many tries), try_again.
 */
export async function openRenewalPayment(ctx: AccountContext, renewalId: string): Promise<string> {
  requireScope(ctx, 'backorders:write')
  return inTransaction(ctx.db, async (tx) => {
    const renewal = await tx
      .selectFrom('renewal')
      .selectAll()
      .where('id', '=', renewalId)
      .where('account_id', '=', ctx.actor.accountId)
      .forUpdate()
      .executeTakeFirst()
    if (renewal === undefined) throw new Refusal('renewal_not_found', 'No such renewal.', { id: renewalId })
    const now = await databaseTime(tx)
    const { tries } = await tx
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll<bigint>().as('tries'))
      .where('renewal_id', '=', renewalId)
      .executeTakeFirstOrThrow()
    const payBy = decideAnotherPayment({ state: renewal.state, payBy: renewal.pay_by, tries }, now)
    return openCardPayment(tx, ctx, {
      purpose: 'renewal',
      accountId: renewal.account_id,
      amountMinor: renewal.price_minor,
      currency: renewal.currency,
      renewalId,
      payBy,
      now,
    })
  })
}

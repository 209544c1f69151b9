import { decideAnotherPayment } from '@droplock/rules/payments/decide-another'
import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { openCardPayment } from './open-card-payment.ts'

/**
 * Opens another card payment for the caller's unpaid order, within the same hold. Should two of them be captured, one secures
 * the order and the other goes back. Returns its id. Throws Refusal: insufficient_scope, backorder_not_found, payment_ended
 * (the hold is over, or there were too many tries), try_again.
 */
export async function openPayment(ctx: AccountContext, backorderId: string): Promise<string> {
  requireScope(ctx, 'backorders:write')
  return inTransaction(ctx.db, async (tx) => {
    const backorder = await tx
      .selectFrom('backorder')
      .selectAll()
      .where('id', '=', backorderId)
      .where('account_id', '=', ctx.actor.accountId)
      .forUpdate()
      .executeTakeFirst()
    if (backorder === undefined) {
      throw new Refusal('backorder_not_found', 'No such backorder.', { id: backorderId })
    }
    const now = await databaseTime(tx)
    const { tries } = await tx
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll<bigint>().as('tries'))
      .where('backorder_id', '=', backorderId)
      .executeTakeFirstOrThrow()
    const payBy = decideAnotherPayment({ state: backorder.state, payBy: backorder.pay_by, tries }, now)
    return openCardPayment(tx, ctx, {
      purpose: 'backorder',
      accountId: backorder.account_id,
      amountMinor: backorder.price_minor,
      currency: backorder.currency,
      listingId: backorder.listing_id,
      backorderId,
      payBy,
      now,
    })
  })
}

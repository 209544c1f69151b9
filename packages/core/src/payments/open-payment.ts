import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { openCardPayment } from './open-card-payment.ts'

/** Ways to pay one held order, tried one after the other: enough for every card in a wallet. */
const PAYMENTS_PER_ORDER_MAX = 5

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
    const { pay_by: payBy } = backorder
    const isOver = backorder.state !== 'pending_payment' || payBy === null || payBy <= now
    if (isOver || tries >= PAYMENTS_PER_ORDER_MAX) {
      throw new Refusal('payment_ended', 'This order takes no further payment.', { state: backorder.state })
    }
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

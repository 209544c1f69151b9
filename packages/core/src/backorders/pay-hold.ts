import { decideBalancePayment } from '@droplock/rules/backorders'
import { backorderMachine } from '@droplock/rules/machines/backorder'
import { next } from '@droplock/rules/machines/machine'
import { type AccountContext, requireScope } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { readTerms } from '../listings/read-terms.ts'
import { lockBackorder, lockListing } from '../locks.ts'
import { listingOfOwnOrder } from '../own-orders.ts'
import { cancelPayments } from '../payments/provider-tasks.ts'
import { payFromBalance } from './pay-from-balance.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './read.ts'

/**
 * Pays the caller's held order from the balance, at the price that was agreed: the name is secured, and its open card payments are
 * cancelled. One that is captured nevertheless is refunded. Throws Refusal: insufficient_scope, backorder_not_found, payment_ended (paid,
 * lapsed, or past the cut-off), name_premium, insufficient_balance, sub_account_limit_reached, try_again.
 */
export async function payHold(ctx: AccountContext, id: string): Promise<BackorderView> {
  requireScope(ctx, 'backorders:write')
  return inTransaction(ctx.db, async (tx) => {
    const listing = await lockListing(tx, await listingOfOwnOrder(tx, ctx, id))
    const { now } = await readTerms(tx, listing, ctx.actor)
    const backorder = await lockBackorder(tx, id)
    decideBalancePayment(
      {
        state: backorder.state,
        payBy: backorder.pay_by,
        holdsListing: listing.holder === id,
        isOpen: listing.state === 'open' && now < listing.cutoff_at,
        premium: listing.premium,
      },
      now,
    )
    const state = next(backorderMachine, backorder.state, 'secure')
    await tx.updateTable('backorder').set({ state, secured_at: now }).where('id', '=', id).execute()
    await payFromBalance(tx, ctx, {
      id,
      listingId: listing.id,
      name: backorder.name,
      accountId: backorder.account_id,
      state: 'backordered',
      priceMinor: backorder.price_minor,
      currency: backorder.currency,
      cutoffAt: listing.cutoff_at,
      dropFrom: listing.drop_from,
      dropTo: listing.drop_to,
      securedAt: now,
    })
    await cancelPayments(tx, ctx, [id])
    const secured = selectBackorders({ ...ctx, db: tx }).where('backorder.id', '=', id)
    return toBackorderView(await secured.executeTakeFirstOrThrow())
  })
}

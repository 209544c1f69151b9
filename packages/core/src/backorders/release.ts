import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockBackorder, lockListing } from '../locks.ts'
import { requireOwnOrder } from '../own-orders.ts'
import { expireHolds } from './expire.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './read.ts'

/**
 * Releases the caller's unpaid order: the name is free at once. A secured order cannot be cancelled (rule 4). Returns the released
 * order. Throws Refusal: insufficient_scope, backorder_not_found, backorder_not_releasable, try_again.
 */
export async function releaseBackorder(ctx: AccountContext, id: string): Promise<BackorderView> {
  requireScope(ctx, 'backorders:write')
  await requireOwnOrder(ctx, id)
  return inTransaction(ctx.db, async (tx) => {
    const seen = await tx
      .selectFrom('backorder')
      .select('listing_id')
      .where('id', '=', id)
      .where('account_id', '=', ctx.actor.accountId)
      .executeTakeFirst()
    if (seen === undefined) throw new Refusal('backorder_not_found', 'No such backorder.', { id })
    await lockListing(tx, seen.listing_id)
    const { state } = await lockBackorder(tx, id)
    if (state !== 'pending_payment') {
      throw new Refusal('backorder_not_releasable', 'Only an unpaid order can be released.', { state })
    }
    await expireHolds(tx, ctx, [id], 'released')
    const released = selectBackorders({ ...ctx, db: tx }).where('backorder.id', '=', id)
    return toBackorderView(await released.executeTakeFirstOrThrow())
  })
}

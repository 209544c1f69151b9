import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, requireScope } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockBackorder, lockListing } from '../locks.ts'
import { listingOfOwnOrder } from '../own-orders.ts'
import { expireHolds } from './expire.ts'
import { type BackorderView, selectBackorders, toBackorderView } from './read.ts'

/**
 * Releases the caller's unpaid order: the name is free at once. A secured order cannot be cancelled (rule 4). Returns the released
 * order. Throws Refusal: insufficient_scope, backorder_not_found, backorder_not_releasable, try_again.
 */
export async function releaseBackorder(ctx: AccountContext, id: string): Promise<BackorderView> {
  requireScope(ctx, 'backorders:write')
  return inTransaction(ctx.db, async (tx) => {
    await lockListing(tx, await listingOfOwnOrder(tx, ctx, id))
    const { state } = await lockBackorder(tx, id)
    if (state !== 'pending_payment') {
      throw new Refusal('backorder_not_releasable', 'Only an unpaid order can be released.', { state })
    }
    await expireHolds(tx, ctx, [id], 'released')
    const released = selectBackorders({ ...ctx, db: tx }).where('backorder.id', '=', id)
    return toBackorderView(await released.executeTakeFirstOrThrow())
  })
}

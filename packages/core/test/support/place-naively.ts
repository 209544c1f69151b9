import { Refusal } from '@droplock/rules/refusals'
import { payFromBalance } from '../../src/backorders/pay-from-balance.ts'
import type { AccountContext } from '../../src/context.ts'
import { inTransaction } from '../../src/database/transaction.ts'
import { PRICE_MINOR } from './world.ts'

/**
 * A naive claim: read that the name is free, then insert. Without a lock and without `holder is null`. It shows that the races in the
 * tests are real, and which protection stops them.
 */
export async function placeNaively(ctx: AccountContext, name: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const listing = await tx
      .selectFrom('listing')
      .selectAll()
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    const taken = await tx.selectFrom('backorder').select('id').where('listing_id', '=', listing.id).execute()
    if (taken.length > 0) throw new Refusal('name_taken', 'Another customer holds this name.')
    const id = ctx.newId()
    const now = new Date()
    await tx
      .insertInto('backorder')
      .values({
        id,
        listing_id: listing.id,
        name,
        account_id: ctx.actor.accountId,
        state: 'backordered',
        price_minor: PRICE_MINOR,
        currency: ctx.actor.currency,
        created_at: now,
        secured_at: now,
      })
      .execute()
    await payFromBalance(tx, ctx, {
      id,
      listingId: listing.id,
      name,
      accountId: ctx.actor.accountId,
      state: 'backordered',
      priceMinor: PRICE_MINOR,
      currency: ctx.actor.currency,
      securedAt: now,
      cutoffAt: listing.cutoff_at,
      dropFrom: listing.drop_from,
      dropTo: listing.drop_to,
    })
  })
}

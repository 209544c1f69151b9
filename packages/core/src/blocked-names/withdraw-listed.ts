import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { isInForce } from '../is-blocked.ts'
import type { LockedListing } from '../locks.ts'
import { withdrawListing } from '../withdrawals/withdraw.ts'

/** Listings in one transaction: it holds their locks. */
const LISTINGS_PER_BATCH_MAX = 200

/**
 * Withdraws the listings of blocked names that a list added at the moment in which the name was blocked. Nobody could order them. Handles
 * one batch; call again while it returns more than 0. What is locked is left to the next call.
 */
export async function withdrawListedBlocked(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<LockedListing & { readonly block_reason: string }>`
      select listing.*, block.reason as block_reason from blocked_name as block join listing on listing.name = block.name
      where ${isInForce} and listing.state in ('upcoming', 'open', 'closed') and listing.holder is null
        and not exists (select from withdrawal where listing_id = listing.id)
      order by listing.id limit ${LISTINGS_PER_BATCH_MAX} for no key update of listing skip locked`.execute(
      tx,
    )
    const now = await databaseTime(tx)
    for (const { block_reason: reason, ...listing } of rows)
      await withdrawListing(tx, ctx, listing, { reason }, now)
    return rows.length
  })
}

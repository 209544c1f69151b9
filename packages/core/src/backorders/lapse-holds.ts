import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { expireHolds } from './expire-holds.ts'

/** Holds ended in one transaction, for the same reason as listings at cut-off. */
const HOLDS_PER_BATCH_MAX = 500

/**
 * Ends the holds whose time to pay is over; their names are free again. Handles one batch; call again while not 0. Listings
 * that somebody works on are skipped: a payment that is arriving just now decides first.
 */
export async function lapseHolds(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ holder: string }>`
      select listing.holder from backorder join listing on listing.holder = backorder.id
      where backorder.state = 'pending_payment' and backorder.pay_by <= statement_timestamp()
      order by listing.id limit ${HOLDS_PER_BATCH_MAX} for update of listing skip locked`.execute(tx)
    return expireHolds(
      tx,
      ctx,
      rows.map((row) => row.holder),
      'lapsed',
    )
  })
}

import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { expireRenewals } from './expire.ts'

/** Renewals ended in one transaction: few enough that nobody waits long for one of them. */
const RENEWALS_PER_BATCH_MAX = 500

/**
 * Ends the renewals whose time to pay is over. Handles one batch; call again while not 0. One that somebody works on is skipped:
 * a payment that is arriving just now decides first.
 */
export async function lapseRenewals(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      select id from renewal where state = 'pending_payment' and pay_by <= statement_timestamp()
      order by id limit ${RENEWALS_PER_BATCH_MAX} for update skip locked`.execute(tx)
    return expireRenewals(
      tx,
      ctx,
      rows.map((row) => row.id),
    )
  })
}

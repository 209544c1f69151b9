import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockTerms } from '../locks.ts'
import { startPrices } from './internal.ts'

/**
 * Starts the prices whose time has come: all of one time together, in one transaction, the earliest first. Idempotent: a price that
 * was started is not due. Returns how many were started; call again until it is 0. Throws Refusal('try_again').
 */
export async function startDuePrices(ctx: Context): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    await lockTerms(tx)
    const { rows } = await sql<{ id: string }>`
      select id from price_amount where started_at is null and ended_at is null and starts_at = (
        select min(starts_at) from price_amount
        where started_at is null and ended_at is null and starts_at <= statement_timestamp())`.execute(tx)
    if (rows.length === 0) return 0
    await startPrices(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}

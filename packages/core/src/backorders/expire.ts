import type { ExpiredReason } from '@droplock/rules/machines/backorder'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { publishAll } from '../events/publish.ts'
import { cancelPayments } from '../payments/provider-tasks.ts'

/**
 * Expires those of the backorders that are still unpaid: their listings are free again and their payments are to be cancelled at
 * the provider. The caller holds the locks of their listings. Returns how many expired. Rule 7.
 */
export async function expireHolds(
  tx: Transaction<Database>,
  ctx: Context,
  backorderIds: readonly string[],
  reason: ExpiredReason,
): Promise<number> {
  if (backorderIds.length === 0) return 0
  const { rows } = await sql<{ id: string }>`
    with pending as (
      select id from backorder where id = any(${[...backorderIds]}::uuid[]) and state = 'pending_payment'
      order by id for update
    )
    update backorder set state = 'expired', expired_reason = ${reason}, decided_at = clock_timestamp()
    from pending where backorder.id = pending.id
    returning backorder.id`.execute(tx)
  const ids = rows.map((row) => row.id)
  await sql`update listing set holder = null where holder = any(${ids}::uuid[])`.execute(tx)
  await cancelPayments(tx, ctx, ids)
  await publishAll(tx, ctx, 'backorder.expired', ids)
  return rows.length
}

/** Holds expired in one transaction; see `CLOSED_PER_BATCH_MAX`. */
const HOLDS_PER_BATCH_MAX = 500

/**
 * Expires the holds whose time to pay is over. Handles one batch; call again while it returns more than 0. Locked listings are
 * skipped, so that a payment that is arriving at this moment is handled first.
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

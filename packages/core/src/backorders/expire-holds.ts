import type { ExpiredReason } from '@droplock/rules/machines/backorder'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publishAll } from '../events/publish.ts'
import { cancelPayments } from '../payments/cancel.ts'

/**
 * Ends those of the backorders that are still unpaid holds: expired with the reason, their listings free, their payments to be
 * cancelled at the provider. The caller holds their listings' locks. Returns how many. Rule 7.
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

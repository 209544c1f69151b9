import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publishAll } from '../events/publish.ts'
import { cancelPayments } from '../payments/cancel.ts'

/**
 * Ends those of the renewals that are still unpaid, and has their payments cancelled at the provider. Locks them in id order.
 * Returns how many.
 */
export async function expireRenewals(
  tx: Transaction<Database>,
  ctx: Context,
  renewalIds: readonly string[],
): Promise<number> {
  if (renewalIds.length === 0) return 0
  const { rows } = await sql<{ id: string }>`
    with pending as (
      select id from renewal where id = any(${[...renewalIds]}::uuid[]) and state = 'pending_payment' order by id for update
    )
    update renewal set state = 'expired', decided_at = clock_timestamp() from pending where renewal.id = pending.id
    returning renewal.id`.execute(tx)
  const ids = rows.map((row) => row.id)
  await cancelPayments(tx, ctx, ids)
  await publishAll(tx, ctx, 'renewal.expired', ids)
  return rows.length
}

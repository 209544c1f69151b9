import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/**
 * What refunds of a payment took or may still take: all but rejected and expired ones, and failed ones that a retry stands
 * for. A failed refund without one is still owed. Minor units.
 */
export async function refundedMinor(db: Kysely<Database>, paymentId: string): Promise<bigint> {
  const { rows } = await sql<{ sum: string }>`
    select coalesce(sum(amount_minor), 0) as sum from refund
    where payment_id = ${paymentId} and state not in ('rejected', 'expired')
      and not (state = 'failed' and exists (select from refund as retry
        where retry.retries_refund_id = refund.id and retry.state not in ('rejected', 'expired')))`.execute(
    db,
  )
  return BigInt(rows[0]?.sum ?? 0)
}

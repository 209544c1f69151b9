import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** What refunds of a payment took or may still take: all but failed, rejected and expired ones. Minor units. */
export async function refundedMinor(db: Kysely<Database>, paymentId: string): Promise<bigint> {
  const { sum } = await db
    .selectFrom('refund')
    .select(sql<string>`coalesce(sum(amount_minor), 0)`.as('sum'))
    .where('payment_id', '=', paymentId)
    .where('state', 'not in', ['failed', 'rejected', 'expired'])
    .executeTakeFirstOrThrow()
  return BigInt(sum)
}

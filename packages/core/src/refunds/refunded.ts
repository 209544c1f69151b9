import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { refundedOfPayment } from './refunded-view.ts'

/** `refundedOfPayment` of one payment, in minor units. */
export async function refundedMinor(db: Kysely<Database>, paymentId: string): Promise<bigint> {
  const { sum } = await db
    .selectFrom('payment')
    .select(refundedOfPayment.as('sum'))
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow()
  return BigInt(sum)
}

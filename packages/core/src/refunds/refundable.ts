import type { RefundableFacts } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { findSecuringPayment } from '../payments/lock.ts'

/** A backorder and its securing payment under their locks, with what decides a refund. Throws Refusal('backorder_not_found'). */
export async function lockRefundable(tx: Transaction<Database>, backorderId: string) {
  const backorder = await tx
    .selectFrom('backorder')
    .selectAll()
    .where('id', '=', backorderId)
    .forUpdate()
    .executeTakeFirst()
  if (backorder === undefined)
    throw new Refusal('backorder_not_found', 'No such backorder.', { id: backorderId })
  const payment = await findSecuringPayment(tx, backorder.id)
  const facts: RefundableFacts = {
    backorderState: backorder.state,
    capturedMinor: payment?.captured_minor ?? 0n,
    refundedMinor: payment === undefined ? 0n : await refundedMinor(tx, payment.id),
  }
  return { backorder, payment, facts }
}

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

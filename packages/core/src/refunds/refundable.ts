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

import type { RefundableFacts } from '@droplock/rules/refunds/decide-manual'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { findSecuringPayment } from '../payments/lock.ts'
import { refundedMinor } from './refunded.ts'

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

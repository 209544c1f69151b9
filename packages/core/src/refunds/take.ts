import type { PaymentState } from '@droplock/rules/machines/payment'
import { tryAgainMs } from '@droplock/rules/payments/try-again'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

export type TakenRefund = {
  readonly id: string
  readonly providerPaymentId: string
  readonly providerRefundId: string | null
  readonly amountMinor: bigint
  readonly currency: string
  /** This one counted. */
  readonly attempts: number
  /** A dispute came while it was under way: what was made is asked for, and nothing is made any more. */
  readonly paymentState: PaymentState
}

/**
 * Takes a card refund that is due for its next try: approved ones become processing. Refunds of a payment that is disputed or
 * charged back wait (see `no_card_refund_while_disputed`). The next try is set before this one, so a worker that dies is
 * followed by another. Payment and refund are locked together and skipped where somebody holds either: no lock is waited for.
 */
export async function takeRefund(ctx: Context, provider: string): Promise<TakenRefund | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const { rows } = await sql<TakenRefund>`
      with due as (
        select refund.id, payment.provider_id, payment.state from refund join payment on payment.id = refund.payment_id
        where refund.state in ('approved', 'processing') and refund.try_after <= statement_timestamp()
          and refund.destination = 'original_payment' and payment.method = 'card' and payment.provider = ${provider}
          and (payment.state = 'succeeded' or refund.state = 'processing')
        order by refund.try_after limit 1 for update of payment, refund skip locked
      )
      update refund set state = 'processing', attempts = attempts + 1,
        try_after = clock_timestamp() + ${tryAgainMs(1)} * interval '1 millisecond'
      from due where refund.id = due.id
      returning refund.id, due.provider_id as "providerPaymentId", provider_refund_id as "providerRefundId",
        amount_minor as "amountMinor", currency, attempts, due.state as "paymentState"`.execute(tx)
    return rows[0]
  })
}

import { sql } from 'kysely'

/**
 * Of a row of `payment`: what refunds of it took or may still take, in minor units. All but rejected and expired ones, and failed
 * ones that a retry stands for; a failed refund without one is still owed.
 */
export const refundedOfPayment = sql<string>`(select coalesce(sum(amount_minor), 0) from refund
  where payment_id = payment.id and refund.state not in ('rejected', 'expired')
    and not (refund.state = 'failed' and exists (select from refund as retry
      where retry.retries_refund_id = refund.id and retry.state not in ('rejected', 'expired'))))`

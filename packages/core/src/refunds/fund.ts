import type { RefundDestination } from '@droplock/rules/machines/refund'
import { planFunding, type RefundSource } from '@droplock/rules/refunds/plan-funding'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { creditRefund } from '../invoices/credit.ts'
import { post } from '../ledger/post.ts'
import type { LockedPayment } from '../payments/lock.ts'
import { tellOfRefund } from './tell.ts'

export type Funded = {
  readonly id: string
  readonly amountMinor: bigint
  readonly destination: RefundDestination
  readonly notify: boolean
  /** The refund that this one retries, if it does. */
  readonly retriesId?: string | null
}

/**
 * Takes the money of an approved refund from its source, and gives the state the refund has with that: to the balance it has
 * succeeded, with the credit note of what was invoiced, to a card it is approved and the worker sends it. The caller holds payment
 * and account.
 */
export async function fundRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: Funded,
  source: RefundSource,
): Promise<'succeeded' | 'approved'> {
  const { state, to } = planFunding(refund.destination, payment.method, source)
  if (to !== undefined) {
    await post(tx, {
      cause: 'refund',
      causeId: refund.id,
      from: source,
      to,
      amountMinor: refund.amountMinor,
      currency: payment.currency,
      accountId: payment.account_id,
      backorderId: payment.backorder_id ?? undefined,
      renewalId: payment.renewal_id ?? undefined,
      paymentId: payment.method === 'card' ? payment.id : undefined,
    })
  }
  if (state === 'succeeded') {
    // What escrow holds is undecided, so it was never invoiced.
    if (source !== 'escrow') await creditRefund(tx, ctx, payment, { retriesId: null, ...refund })
    await tellOfRefund(tx, ctx, 'refund.succeeded', payment.account_id, refund)
  }
  return state
}

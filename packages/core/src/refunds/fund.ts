import type { RefundDestination } from '@droplock/rules/machines/refund'
import { planFunding, type RefundSource } from '@droplock/rules/refunds/destination'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { creditRefund } from '../invoices/credit.ts'
import { type Move, post } from '../ledger/post.ts'
import type { LockedPayment } from '../locks.ts'

type Funded = {
  readonly id: string
  readonly amountMinor: bigint
  readonly destination: RefundDestination
  /** The refund that this one retries, if it does. */
  readonly retriesId?: string | null
}

/**
 * Takes the money of an approved refund from its source, and gives the state the refund has with that: to the balance it has
 * succeeded, with the credit note of what was invoiced, to a card it is approved and the worker sends it. The caller holds payment
 * and account, writes the refund with that state and then notifies of it. Throws Refusal('refund_exceeds_balance') where a top-up is spent.
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
    await take(tx, {
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
  // What escrow holds is undecided, so it was never invoiced.
  if (state === 'succeeded' && source !== 'escrow')
    await creditRefund(tx, ctx, payment, { retriesId: null, ...refund })
  return state
}

/** What is taken from a balance may be spent since the refund was proposed. */
async function take(tx: Transaction<Database>, move: Move): Promise<void> {
  try {
    await post(tx, move)
  } catch (error) {
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('refund_exceeds_balance', 'Balance and credit have less than that by now.')
  }
}

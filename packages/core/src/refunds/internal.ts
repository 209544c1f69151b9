import type { RefundDestination, RefundState } from '@droplock/rules/machines/refund'
import { planFunding, type RefundSource } from '@droplock/rules/refunds/destination'
import { requireDecidableRefund } from '@droplock/rules/refunds/manual'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import type { Context, StaffContext } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { creditRefund } from '../invoices/credit.ts'
import { type Move, postAll } from '../ledger/post.ts'
import { type LockedPayment, type LockedRefund, lockRefund } from '../locks.ts'

/**
 * A proposed refund that this person may decide, with everything it touches, locked. Throws Refusal: refund_not_found,
 * refund_already_decided, decider_is_proposer.
 */
export async function lockProposed(
  tx: Transaction<Database>,
  ctx: StaffContext,
  refundId: string,
): Promise<LockedRefund> {
  const locked = await lockRefund(tx, refundId)
  const { state, cause, proposed_by: proposedBy } = locked.refund
  requireDecidableRefund({ state, cause, proposedBy }, ctx.actor.staffId)
  return locked
}

type Funded = {
  readonly id: string
  readonly amountMinor: bigint
  readonly destination: RefundDestination
  /** The failed refund that this one retries. */
  readonly retriesId?: string | null
}

/** What approving a refund takes: the refund as it will be written, its payment, and the ledger account that it is paid from. */
type Funding = { readonly payment: LockedPayment; readonly refund: Funded; readonly source: RefundSource }

/**
 * Moves the money of an approved refund out of its source and returns the state that the refund has now: a refund to the balance has
 * succeeded, with the credit note for what was invoiced; one to a card is approved, and the worker sends it. The caller holds payment
 * and account, writes the refund with that state, then notifies. Throws Refusal('refund_exceeds_balance') where a top-up was spent.
 */
export async function fundRefund(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  refund: Funded,
  source: RefundSource,
): Promise<'succeeded' | 'approved'> {
  await fundRefunds(tx, ctx, [{ payment, refund, source }])
  return planFunding(refund.destination, payment.method, source).state
}

/** The same for refunds of several payments, in one statement. The state of each is what `planFunding` says. */
export async function fundRefunds(
  tx: Transaction<Database>,
  ctx: Context,
  fundings: readonly Funding[],
): Promise<void> {
  try {
    await postAll(tx, fundings.flatMap(moveOf))
  } catch (error) {
    // The money of a top-up may have been spent since the refund was proposed.
    if (!violated(error, 'balance_within_credit')) throw error
    throw new Refusal('refund_exceeds_balance', 'Balance and credit are less than this amount by now.')
  }
  for (const { payment, refund, source } of fundings) {
    const { state } = planFunding(refund.destination, payment.method, source)
    // Money in escrow is undecided, so it was never invoiced.
    if (state === 'succeeded' && source !== 'escrow')
      await creditRefund(tx, ctx, payment, { retriesId: null, ...refund })
  }
}

/** The move of money that a refund begins with; none where the money is in its place already. */
function moveOf({ payment, refund, source }: Funding): readonly Move[] {
  const { to } = planFunding(refund.destination, payment.method, source)
  if (to === undefined) return []
  return [
    {
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
    },
  ]
}

type WrittenRefund = {
  readonly id: string
  /** As it was just written. */
  readonly state: RefundState
  /** Whether the customer is to be notified. */
  readonly notify: boolean
}

/** Publishes that a refund succeeded or failed, unless the customer is not to be notified. No other state is an event. */
export async function notifyOfRefund(
  tx: Transaction<Database>,
  ctx: Context,
  { id, state, notify }: WrittenRefund,
): Promise<void> {
  if (!notify) return
  if (state === 'succeeded') await publish(tx, ctx, 'refund.succeeded', id)
  if (state === 'failed') await publish(tx, ctx, 'refund.failed', id)
}

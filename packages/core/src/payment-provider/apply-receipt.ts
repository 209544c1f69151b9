import { backorderMachine } from '@droplock/rules/machines/backorder'
import { next } from '@droplock/rules/machines/machine'
import { decideReceipt, type ReceiptFacts } from '@droplock/rules/payments'
import type { Transaction } from 'kysely'
import { claimListing } from '../backorders/claim-listing.ts'
import { expireHolds } from '../backorders/expire.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { publish } from '../events/publish.ts'
import { post } from '../ledger/post.ts'
import { placementFacts, readTerms, type Terms } from '../listings/read-terms.ts'
import {
  type LockedBackorder,
  type LockedListing,
  type LockedPayment,
  type LockedRenewal,
  lockAccount,
} from '../locks.ts'
import { cancelPayments } from '../payments/provider-tasks.ts'
import { refundAutomatically } from '../refunds/refund-automatically.ts'
import { applyRenewalReceipt } from './apply-renewal-receipt.ts'

type Receipt = {
  /** The listing that the payment may claim, its order, and the payment itself, all locked. */
  readonly listing: LockedListing | undefined
  readonly backorder: LockedBackorder | undefined
  readonly renewal: LockedRenewal | undefined
  readonly payment: LockedPayment
  readonly now: Date
}

/**
 * Applies captured money: it tops up the balance, secures the held order or the renewal, claims a free name, or is refunded. It was
 * posted as unapplied before (of a top-up: to the balance).
 */
export async function applyReceipt(tx: Transaction<Database>, ctx: Context, receipt: Receipt): Promise<void> {
  const { listing, renewal, payment, now } = receipt
  if (payment.purpose === 'top_up') {
    await publish(tx, ctx, 'account.topped_up', payment.id)
    return
  }
  if (renewal !== undefined) return applyRenewalReceipt(tx, ctx, { renewal, payment, now })
  if (listing === undefined) throw new Error(`payment ${payment.id} is for nothing`)
  const terms = await readTerms(tx, listing, {
    accountId: payment.account_id,
    currency: payment.currency,
  })
  const facts = await receiptFacts(tx, receipt, listing, terms)
  const decision = decideReceipt(facts, terms.now)
  switch (decision.kind) {
    case 'secure':
      return securePaid(tx, ctx, receipt)
    case 'claim':
      return claim(tx, ctx, receipt, listing)
    case 'refund':
      await endHold(tx, ctx, receipt, decision.cause)
      await lockAccount(tx, payment.account_id)
      await refundAutomatically(tx, ctx, {
        payment,
        cause: decision.cause,
        source: 'unapplied_receipts',
        now,
      })
  }
}

async function receiptFacts(
  tx: Transaction<Database>,
  { backorder, payment }: Receipt,
  listing: LockedListing,
  terms: Terms,
): Promise<ReceiptFacts> {
  const securing = await tx
    .selectFrom('payment')
    .select('id')
    .where('backorder_id', '=', backorder?.id ?? null)
    .where('secures', '=', true)
    .executeTakeFirst()
  const facts = {
    capturedMinor: payment.captured_minor,
    agreedMinor: payment.amount_minor,
    priceMinor: terms.priceMinor,
    securedByAnother: securing !== undefined,
    listing: placementFacts(listing, terms),
  }
  if (backorder === undefined) return facts
  return {
    ...facts,
    backorder: {
      state: backorder.state,
      holdsListing: listing.holder === backorder.id,
      expiredReason: backorder.expired_reason,
    },
  }
}

async function securePaid(tx: Transaction<Database>, ctx: Context, { backorder, payment, now }: Receipt) {
  if (backorder === undefined) throw new Error(`payment ${payment.id} is for no order`)
  await tx
    .updateTable('backorder')
    .set({ state: next(backorderMachine, backorder.state, 'secure'), secured_at: now })
    .where('id', '=', backorder.id)
    .execute()
  await moveToEscrow(tx, ctx, payment, backorder.id)
  // Other payments of this order would only be refunded.
  await cancelPayments(tx, ctx, [backorder.id])
}

/** Takes the name like any buyer who pays at once. An order that had expired stays expired. */
async function claim(
  tx: Transaction<Database>,
  ctx: Context,
  { backorder, payment }: Receipt,
  listing: LockedListing,
) {
  const taken = await claimListing(tx, ctx, listing, {
    accountId: payment.account_id,
    currency: payment.currency,
    priceMinor: payment.amount_minor,
    reclaims: backorder?.id,
  })
  await moveToEscrow(tx, ctx, payment, taken.id)
}

async function moveToEscrow(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  backorderId: string,
): Promise<void> {
  await tx
    .updateTable('payment')
    .set({ secures: true, backorder_id: backorderId })
    .where('id', '=', payment.id)
    .execute()
  await post(tx, {
    cause: 'secure',
    causeId: backorderId,
    from: 'unapplied_receipts',
    to: 'escrow',
    amountMinor: payment.captured_minor,
    currency: payment.currency,
    accountId: payment.account_id,
    backorderId,
    paymentId: payment.id,
  })
  await publish(tx, ctx, 'backorder.secured', backorderId)
}

/** Money that came too late for its hold ends the hold, which has nothing left to wait for. */
async function endHold(
  tx: Transaction<Database>,
  ctx: Context,
  { backorder }: Receipt,
  cause: 'late_payment' | 'duplicate_payment',
) {
  if (cause === 'late_payment' && backorder !== undefined)
    await expireHolds(tx, ctx, [backorder.id], 'lapsed')
}

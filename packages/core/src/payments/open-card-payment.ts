import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { fileTasks } from '../provider-tasks/file.ts'

/** Whoever opened the payment asks the provider at once; the worker does where that process died. Milliseconds. */
const CREATE_AFTER_MS = 15_000

export type CardPayment = {
  readonly purpose: PaymentPurpose
  readonly accountId: string
  readonly amountMinor: bigint
  readonly currency: string
  /** What the money may claim; for a backorder. */
  readonly listingId?: string
  /** The order that waits for it. */
  readonly backorderId?: string
  readonly renewalId?: string
  readonly payBy: Date
  readonly now: Date
}

/**
 * Writes a card payment that the provider is to be asked for, after this transaction and under this id: no provider is ever
 * called inside one. Returns the id.
 */
export async function openCardPayment(
  tx: Transaction<Database>,
  ctx: Context,
  payment: CardPayment,
): Promise<string> {
  const id = ctx.newId()
  await tx
    .insertInto('payment')
    .values({
      id,
      account_id: payment.accountId,
      backorder_id: payment.backorderId ?? null,
      listing_id: payment.listingId ?? null,
      renewal_id: payment.renewalId ?? null,
      purpose: payment.purpose,
      method: 'card',
      state: 'requires_action',
      amount_minor: payment.amountMinor,
      currency: payment.currency,
      pay_by: payment.payBy,
      created_at: payment.now,
    })
    .execute()
  const tryAfter = new Date(payment.now.getTime() + CREATE_AFTER_MS)
  await fileTasks(tx, ctx, 'create_intent', [id], tryAfter)
  return id
}

import type { PaymentPurpose } from '@droplock/rules/machines/payment'
import { decideAnotherPayment } from '@droplock/rules/payments'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { type AccountContext, type Context, requireScope } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockOwnBackorder } from '../locks.ts'
import { requireOwnOrder } from '../own-orders.ts'
import { fileTasks } from './provider-tasks.ts'

/** The process that opened a payment asks the provider at once; if it dies, the worker asks after this time. Milliseconds. */
const CREATE_AFTER_MS = 15_000

type CardPayment = {
  readonly purpose: PaymentPurpose
  readonly accountId: string
  readonly amountMinor: bigint
  readonly currency: string
  /** The listing that the money may claim; for a backorder. */
  readonly listingId?: string
  /** The order that waits for this payment. */
  readonly backorderId?: string
  readonly renewalId?: string
  readonly payBy: Date
  readonly now: Date
  /** Where the payer's browser is sent afterwards. */
  readonly returnUrl?: string | null | undefined
}

/**
 * Writes a card payment. The provider is asked for it after this transaction, under the returned id: no provider is ever called inside
 * a transaction.
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
      return_url: payment.returnUrl ?? null,
      created_at: payment.now,
    })
    .execute()
  const tryAfter = new Date(payment.now.getTime() + CREATE_AFTER_MS)
  await fileTasks(tx, ctx, 'create_intent', [id], tryAfter)
  return id
}

/**
 * Opens another card payment for the caller's unpaid order, within the same hold. If two of them are captured, one secures the order
 * and the other is refunded. Returns its id. Throws Refusal: insufficient_scope, backorder_not_found, payment_ended (the hold is over,
 * or there were too many payments), try_again.
 */
export async function openPayment(ctx: AccountContext, backorderId: string): Promise<string> {
  requireScope(ctx, 'backorders:write')
  await requireOwnOrder(ctx, backorderId)
  return inTransaction(ctx.db, async (tx) => {
    const backorder = await lockOwnBackorder(tx, backorderId, ctx.actor.accountId)
    const now = await databaseTime(tx)
    const { tries } = await tx
      .selectFrom('payment')
      .select((eb) => eb.fn.countAll<bigint>().as('tries'))
      .where('backorder_id', '=', backorderId)
      .executeTakeFirstOrThrow()
    const returnUrl = await readReturnUrl(tx, backorderId)
    const payBy = decideAnotherPayment({ state: backorder.state, payBy: backorder.pay_by, tries }, now)
    return openCardPayment(tx, ctx, {
      purpose: 'backorder',
      accountId: backorder.account_id,
      amountMinor: backorder.price_minor,
      currency: backorder.currency,
      listingId: backorder.listing_id,
      backorderId,
      payBy,
      now,
      returnUrl,
    })
  })
}

/** That of the order's payment before this one. */
async function readReturnUrl(tx: Transaction<Database>, backorderId: string): Promise<string | null> {
  const before = await tx
    .selectFrom('payment')
    .select('return_url')
    .where('backorder_id', '=', backorderId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return before?.return_url ?? null
}

/** Throws Refusal('payment_limit_reached') where `open` would exceed the account's open card payments without a hold. */
export async function orTooManyOpen<Result>(open: () => Promise<Result>): Promise<Result> {
  try {
    return await open()
  } catch (error) {
    if (!violated(error, 'open_payments_within_limit')) throw error
    throw new Refusal('payment_limit_reached', 'Pay an open payment, or wait until one ends.')
  }
}

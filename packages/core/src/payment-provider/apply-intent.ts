import { followProvider, tryAgainMs } from '@droplock/rules/payments'
import type { Intent, PaymentProvider } from '@droplock/rules/ports/payments'
import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { publish } from '../events/publish.ts'
import { openFinanceTask } from '../finance-tasks.ts'
import { post } from '../ledger/post.ts'
import { type LockedPayment, lockBackorder, lockListing, lockPayment, lockRenewal } from '../locks.ts'
import { applyReceipt } from './apply-receipt.ts'

/** `unknown`: no payment of ours. `unexpected`: a person was told. The others: what the provider said is in our rows. */
type Applied = 'unknown' | 'unexpected' | 'known' | 'moved' | 'captured'

/**
 * Applies the provider's state of a payment, as it was fetched: from a webhook, a poll or the first answer, any number of
 * times and in any order. Captured money is posted once, as unapplied, and then does what it was meant for or goes back.
 * Locks in the lock order: listing, backorder, renewal, payment, account. Throws Refusal('try_again').
 */
export async function applyIntent(
  ctx: Context,
  provider: PaymentProvider['name'],
  intent: Intent,
): Promise<Applied> {
  const seen = await findPayment(ctx, intent.paymentId)
  if (seen === undefined) return 'unknown'
  return inTransaction(ctx.db, async (tx) => {
    const listing = seen.listing_id === null ? undefined : await lockListing(tx, seen.listing_id)
    // After the listing's lock: which order a payment is for changes under it alone.
    const { backorder_id: backorderId } = await tx
      .selectFrom('payment')
      .select('backorder_id')
      .where('id', '=', seen.id)
      .executeTakeFirstOrThrow()
    const backorder = backorderId === null ? undefined : await lockBackorder(tx, backorderId)
    const renewal = seen.renewal_id === null ? undefined : await lockRenewal(tx, seen.renewal_id)
    const payment = await lockPayment(tx, seen.id)
    const now = await databaseTime(tx)
    const fault = faultOf(payment, provider, intent)
    if (fault !== undefined) return unexpected(tx, ctx, payment, fault)
    await know(tx, payment, provider, intent, now)
    const followed = followProvider(payment.state, intent.state)
    if (followed.kind === 'contradiction') return unexpected(tx, ctx, payment, 'paid after it was cancelled')
    if (followed.kind === 'known') return 'known'
    if (followed.state !== 'succeeded') {
      await tx.updateTable('payment').set({ state: followed.state }).where('id', '=', payment.id).execute()
      if (followed.state === 'failed') await publish(tx, ctx, 'payment.failed', payment.id)
      return 'moved'
    }
    await applyReceipt(tx, ctx, {
      listing,
      backorder,
      renewal,
      payment: await capture(tx, payment, intent),
      now,
    })
    return 'captured'
  })
}

async function findPayment(ctx: Context, id: string) {
  // The provider's records may hold payments that are not ours, and their ids need not be any of ours by form.
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) return undefined
  return ctx.db
    .selectFrom('payment')
    .select(['id', 'listing_id', 'renewal_id'])
    .where('id', '=', id)
    .where('method', '=', 'card')
    .executeTakeFirst()
}

/** What no payment of ours can be; applying it would put money where it is not. */
function faultOf(payment: LockedPayment, provider: string, intent: Intent): string | undefined {
  const known = payment.provider_id
  if (known !== null && (known !== intent.providerId || payment.provider !== provider))
    return `a second intent, ${intent.providerId} at ${provider}`
  if (intent.amount.currency !== payment.currency) return `asked for in ${intent.amount.currency}`
  if (intent.capturedMinor > payment.amount_minor)
    return `captured ${intent.capturedMinor}, more than was asked`
  if (intent.state === 'succeeded' && intent.capturedMinor <= 0n) return 'succeeded without money'
  return undefined
}

async function unexpected(
  tx: Transaction<Database>,
  ctx: Context,
  payment: LockedPayment,
  detail: string,
): Promise<Applied> {
  await openFinanceTask(tx, ctx, { kind: 'payment_unexpected', subjectId: payment.id, detail })
  return 'unexpected'
}

/** The provider has it: its id is kept, and asking for it is done. */
async function know(
  tx: Transaction<Database>,
  payment: LockedPayment,
  provider: string,
  { providerId }: Intent,
  now: Date,
): Promise<void> {
  if (payment.provider_id !== null) return
  await tx
    .updateTable('payment')
    .set({ provider, provider_id: providerId, poll_after: pollAfter(0, now) })
    .where('id', '=', payment.id)
    .execute()
  await tx
    .updateTable('provider_task')
    .set({ done_at: now })
    .where('payment_id', '=', payment.id)
    .where('kind', '=', 'create_intent')
    .execute()
}

/** The money is there: provider clearing → unapplied receipts, or straight to the balance that it tops up. */
async function capture(
  tx: Transaction<Database>,
  payment: LockedPayment,
  { capturedMinor }: Intent,
): Promise<LockedPayment> {
  const paid = { state: 'succeeded', captured_minor: capturedMinor } as const
  await tx.updateTable('payment').set(paid).where('id', '=', payment.id).execute()
  const isTopUp = payment.purpose === 'top_up'
  await post(tx, {
    cause: isTopUp ? 'top_up' : 'receipt',
    causeId: payment.id,
    from: 'provider_clearing',
    to: isTopUp ? 'customer_balance' : 'unapplied_receipts',
    amountMinor: capturedMinor,
    currency: payment.currency,
    accountId: payment.account_id,
    paymentId: payment.id,
  })
  return { ...payment, ...paid }
}

/** A webhook comes within seconds; the first look by ourselves is not much later. */
const POLLS_SKIPPED = 3

/** When a payment whose webhook does not come is looked at next, after so many looks. */
export function pollAfter(polls: number, now: Date): Date {
  return new Date(now.getTime() + tryAgainMs(polls + POLLS_SKIPPED))
}

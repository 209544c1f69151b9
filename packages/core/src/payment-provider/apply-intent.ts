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
import { isId } from '../new-id.ts'
import { applyReceipt } from './apply-receipt.ts'

/** `unknown`: no payment of ours. `unexpected`: finance has a task. The others: our rows hold what the provider reported. */
type Applied = 'unknown' | 'unexpected' | 'known' | 'moved' | 'captured'

/**
 * Applies the state that the provider reports for a payment, after a webhook, a poll or the first request, any number of times and in
 * any order. Captured money is posted once, as unapplied, and then applied or refunded (`applyReceipt`). Locks in the lock order:
 * listing, backorder, renewal, payment, account. Throws Refusal('try_again').
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
    // Read under the listing's lock, the only one under which a payment's order changes.
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
    await recordProviderId(tx, payment, provider, intent, now)
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
  // The provider may hold payments that are not ours, whose ids need not be UUIDs.
  if (!isId(id)) return undefined
  return ctx.db
    .selectFrom('payment')
    .select(['id', 'listing_id', 'renewal_id'])
    .where('id', '=', id)
    .where('method', '=', 'card')
    .executeTakeFirst()
}

/** Why the reported payment cannot be ours: applying it would post money that is not there. */
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

/** Keeps the provider's id of the payment; the request for it is done. */
async function recordProviderId(
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

/** Posts captured money: provider clearing → unapplied receipts, or straight to the balance that it tops up. */
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

/** Webhooks come within seconds, so the first polls would be in vain. */
const POLLS_SKIPPED = 3

/** When a payment without a webhook is polled next, after so many polls. */
export function pollAfter(polls: number, now: Date): Date {
  return new Date(now.getTime() + tryAgainMs(polls + POLLS_SKIPPED))
}

import { Refusal } from '@droplock/rules/refusals'
import { type AccountContext, type Context, requireScope } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { post } from '../ledger/post.ts'
import { lockAccount } from '../locks.ts'
import { openCardPayment, orTooManyOpen } from '../payments/open.ts'

/** A smaller amount costs more in fees than it brings; a larger one is a bank transfer. Minor units. */
const TOP_UP_MINOR_MIN = 100n
const TOP_UP_MINOR_MAX = 100_000_000n

/** How long a top-up can be paid: it holds no name, so there is time. Milliseconds: one day. */
const TOP_UP_MS = 86_400_000

/**
 * Opens a card payment that tops up the caller's balance once it is captured. Returns its id, for `createIntent`. Throws
 * Refusal: insufficient_scope, amount_out_of_range, payment_limit_reached, try_again.
 */
export async function openTopUp(
  ctx: AccountContext,
  amountMinor: bigint,
  returnUrl?: string | undefined,
): Promise<string> {
  requireScope(ctx, 'backorders:write')
  if (amountMinor < TOP_UP_MINOR_MIN || amountMinor > TOP_UP_MINOR_MAX) {
    throw new Refusal('amount_out_of_range', 'This amount is out of range for a top-up.', {
      min_minor: Number(TOP_UP_MINOR_MIN),
      max_minor: Number(TOP_UP_MINOR_MAX),
    })
  }
  return orTooManyOpen(() =>
    inTransaction(ctx.db, async (tx) => {
      const now = await databaseTime(tx)
      return openCardPayment(tx, ctx, {
        purpose: 'top_up',
        accountId: ctx.actor.accountId,
        amountMinor,
        currency: ctx.actor.currency,
        payBy: new Date(now.getTime() + TOP_UP_MS),
        now,
        returnUrl,
      })
    }),
  )
}

type TopUp = {
  readonly accountId: string
  /** More than 0: a wrong credit is corrected by a reversal. */
  readonly amountMinor: bigint
  /** Identifies the money that came in, so that it is credited once. */
  readonly receiptId: string
}

/**
 * Credits money received to an account's balance: provider clearing → customer balance, in the account's currency. Throws
 * Refusal: amount_out_of_range, try_again.
 */
export async function topUp(ctx: Context, command: TopUp): Promise<void> {
  if (command.amountMinor <= 0n) {
    throw new Refusal('amount_out_of_range', 'A top-up is more than 0.', { min_minor: 1 })
  }
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, command.accountId)
    await post(tx, {
      cause: 'top_up',
      causeId: command.receiptId,
      from: 'provider_clearing',
      to: 'customer_balance',
      amountMinor: command.amountMinor,
      currency: account.currency,
      accountId: account.id,
    })
  })
}

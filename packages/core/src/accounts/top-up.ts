import { Refusal } from '@droplock/rules/refusals'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { post } from '../ledger/post.ts'
import { lockAccount } from './lock.ts'

export type TopUp = {
  readonly accountId: string
  /** More than 0: what should not have been credited is taken back by a reversal. */
  readonly amountMinor: bigint
  /** The receipt's own id, so that one receipt is credited once. */
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

import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { post } from '../ledger/post.ts'
import { lockAccount } from './lock.ts'

export type TopUp = {
  readonly accountId: string
  readonly amountMinor: bigint
  /** The receipt's own id, so that one receipt is credited once. */
  readonly receiptId: string
}

/** Credits money received to an account's balance: provider clearing → customer balance, in the account's currency. */
export async function topUp(ctx: Context, command: TopUp): Promise<void> {
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

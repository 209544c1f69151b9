import { type AccountContext, requireScope } from '../context.ts'
import { escrowOfAccount } from './escrow-view.ts'

/** Amounts in minor units. */
export type Balance = {
  readonly balanceMinor: bigint
  /** How far the balance may fall below 0. */
  readonly creditLimitMinor: bigint
  /** Balance and credit together: what can be spent now. Below 0 where a dispute left more debt than credit. */
  readonly availableMinor: bigint
  /** The money of the caller's undecided backorders and renewals: paid, and neither earned nor refunded yet. */
  readonly escrowMinor: bigint
  readonly currency: string
}

/** The caller's balance, read with its escrow in one snapshot. Throws Refusal('insufficient_scope'). */
export async function getBalance(ctx: AccountContext): Promise<Balance> {
  requireScope(ctx, 'balance:read')
  const row = await ctx.db
    .selectFrom('account')
    .select(['balance_minor', 'credit_limit_minor', 'currency', escrowOfAccount.as('held')])
    .where('id', '=', ctx.actor.accountId)
    .executeTakeFirstOrThrow()
  return {
    balanceMinor: row.balance_minor,
    creditLimitMinor: row.credit_limit_minor,
    availableMinor: row.balance_minor + row.credit_limit_minor,
    escrowMinor: BigInt(row.held),
    currency: row.currency,
  }
}

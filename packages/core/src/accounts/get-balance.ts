import { type AccountContext, requireScope } from '../context.ts'

/** Amounts in minor units. */
export type Balance = {
  readonly balanceMinor: bigint
  /** How far the balance may fall below 0. */
  readonly creditLimitMinor: bigint
  /** Balance and credit together: what can be spent now. Below 0 where a dispute left more debt than credit. */
  readonly availableMinor: bigint
  /** The money of the caller's undecided backorders: paid, and neither earned nor refunded yet. */
  readonly escrowMinor: bigint
  readonly currency: string
}

/** The caller's balance, read with its escrow in one snapshot. Throws Refusal('insufficient_scope'). */
export async function getBalance(ctx: AccountContext): Promise<Balance> {
  requireScope(ctx, 'balance:read')
  const row = await ctx.db
    .selectFrom('account')
    .select((eb) => [
      'balance_minor',
      'credit_limit_minor',
      'currency',
      eb
        .selectFrom('backorder')
        .select((sum) => sum.fn.coalesce(sum.fn.sum<string>('price_minor'), sum.lit(0)).as('held'))
        .where('backorder.account_id', '=', ctx.actor.accountId)
        .where('backorder.state', 'in', ['backordered', 'registering'])
        .as('held'),
    ])
    .where('id', '=', ctx.actor.accountId)
    .executeTakeFirstOrThrow()
  return {
    balanceMinor: row.balance_minor,
    creditLimitMinor: row.credit_limit_minor,
    availableMinor: row.balance_minor + row.credit_limit_minor,
    escrowMinor: BigInt(row.held ?? 0),
    currency: row.currency,
  }
}

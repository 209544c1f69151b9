import { type AccountContext, requireScope } from '../context.ts'

/** `escrowMinor` is the money of the caller's undecided backorders: paid, and neither earned nor refunded yet. */
export type Balance = {
  readonly balanceMinor: bigint
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
  return { balanceMinor: row.balance_minor, escrowMinor: BigInt(row.held ?? 0), currency: row.currency }
}

import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'

/** Amounts in minor units. */
export type Forecast = {
  readonly until: Date
  readonly currency: string
  readonly balanceMinor: bigint
  /** Balance and credit together: what can be spent now. Below 0 where a dispute left more debt than credit. */
  readonly availableMinor: bigint
  /** Undecided backorders: paid, and either spent or returned by their result. */
  readonly undecidedMinor: bigint
  /** Unpaid orders that close by `until`. */
  readonly toPayMinor: bigint
  /** What is missing to pay all of it from the balance; 0 where it suffices. */
  readonly shortfallMinor: bigint
}

/**
 * What the caller's open orders whose cut-off is by `until` would cost, against what is available; read in one snapshot.
 * Throws Refusal('insufficient_scope').
 */
export async function getForecast(ctx: AccountContext, until: Date): Promise<Forecast> {
  requireScope(ctx, 'balance:read')
  const { accountId, currency } = ctx.actor
  const { rows } = await sql<{ balance: bigint; available: bigint; undecided: string; due: string }>`
    select balance_minor as balance, balance_minor + credit_limit_minor as available,
      (select coalesce(sum(price_minor), 0) from backorder
        where account_id = account.id and state in ('backordered', 'registering')) as undecided,
      (select coalesce(sum(price_minor), 0) from backorder join listing on listing.id = backorder.listing_id
        where account_id = account.id and backorder.state = 'pending_payment' and cutoff_at <= ${until}) as due
    from account where id = ${accountId}`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) throw new Error(`no account ${accountId}`)
  const toPayMinor = BigInt(row.due)
  const available = row.available > 0n ? row.available : 0n
  return {
    until,
    currency,
    balanceMinor: row.balance,
    availableMinor: row.available,
    undecidedMinor: BigInt(row.undecided),
    toPayMinor,
    shortfallMinor: toPayMinor > available ? toPayMinor - available : 0n,
  }
}

import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'

/** So many of a kind and what they cost together, in minor units. */
export type Due = { readonly count: number; readonly amountMinor: bigint }

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
  readonly toPay: Due
  /** Watched names that close by `until`, that nobody holds yet, at their prices in the account's currency. */
  readonly watched: Due
  /** What is missing to pay all of it from the balance; 0 where it suffices. */
  readonly shortfallMinor: bigint
}

/**
 * What the caller's unpaid orders and watched names whose cut-off is by `until` would cost, against what is available; read in
 * one snapshot. Without `until`: by the end of tomorrow, UTC. Throws Refusal('insufficient_scope').
 */
export async function getForecast(ctx: AccountContext, until?: Date): Promise<Forecast> {
  requireScope(ctx, 'balance:read')
  const { accountId, currency } = ctx.actor
  const { rows } = await sql<Row>`
    with closing as (select coalesce(${until ?? null}::timestamptz,
      (date_trunc('day', clock_timestamp() at time zone 'UTC') + interval '2 days') at time zone 'UTC') as until),
    to_pay as (
      select count(*)::integer as count, coalesce(sum(price_minor), 0) as amount
      from closing, backorder join listing on listing.id = backorder.listing_id
      where account_id = ${accountId} and backorder.state = 'pending_payment' and cutoff_at <= until
    ),
    watched as (
      select count(*)::integer as count, coalesce(sum(price.amount_minor), 0) as amount
      from closing, watch join listing on listing.name = watch.name
        join zone on zone.name = listing.zone
        join price on price.zone = listing.zone and price.tier = listing.tier and price.currency = ${currency}
      where account_id = ${accountId} and listing.state in ('upcoming', 'open') and holder is null
        and zone.enabled and not (premium or reserved or suspect)
        and cutoff_at > clock_timestamp() and cutoff_at <= until
    )
    select until, balance_minor as balance, balance_minor + credit_limit_minor as available,
      (select coalesce(sum(price_minor), 0) from backorder
        where account_id = account.id and state in ('backordered', 'registering')) as undecided,
      to_pay.count as "toPayCount", to_pay.amount as "toPay", watched.count as "watchedCount", watched.amount as watched
    from account, closing, to_pay, watched where account.id = ${accountId}`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) throw new Error(`no account ${accountId}`)
  const toPay = { count: row.toPayCount, amountMinor: BigInt(row.toPay) }
  const watched = { count: row.watchedCount, amountMinor: BigInt(row.watched) }
  return {
    until: row.until,
    currency,
    balanceMinor: row.balance,
    availableMinor: row.available,
    undecidedMinor: BigInt(row.undecided),
    toPay,
    watched,
    shortfallMinor: missing(toPay.amountMinor + watched.amountMinor, row.available),
  }
}

type Row = {
  readonly until: Date
  readonly balance: bigint
  readonly available: bigint
  readonly undecided: string
  readonly toPayCount: number
  readonly toPay: string
  readonly watchedCount: number
  readonly watched: string
}

function missing(dueMinor: bigint, availableMinor: bigint): bigint {
  const usable = availableMinor > 0n ? availableMinor : 0n
  return dueMinor > usable ? dueMinor - usable : 0n
}

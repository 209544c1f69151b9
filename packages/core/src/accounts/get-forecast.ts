import { RENEWAL_LEAD_DAYS } from '@droplock/rules/renewals'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from '../context.ts'
import { isBlocked } from '../is-blocked.ts'
import { isListed } from '../is-listed.ts'
import { isZoneFor } from '../is-zone-for.ts'
import { isPriceOf } from '../prices/price-of.ts'
import { escrowOfAccount } from './read.ts'

/** How many there are and what they cost together, in minor units. */
export type Due = { readonly count: number; readonly amountMinor: bigint }

/** Amounts in minor units. */
export type Forecast = {
  readonly until: Date
  readonly currency: string
  readonly balanceMinor: bigint
  /** Balance and credit together: what can be spent now. Below 0 where a dispute left more debt than credit. */
  readonly availableMinor: bigint
  /** Escrow: paid for backorders and renewals that are not decided yet. */
  readonly undecidedMinor: bigint
  /** Unpaid orders that close by `until`. */
  readonly toPay: Due
  /** Watched names that close by `until` and nobody holds, at their prices in the account's currency. */
  readonly watched: Due
  /** Names that expire within `RENEWAL_LEAD_DAYS` after `until` and are not renewed beyond that; one year each. Without a price: 0. */
  readonly renewals: Due
  /** What the balance lacks to pay all of it; 0 where it suffices. */
  readonly shortfallMinor: bigint
}

/**
 * What the caller's unpaid orders, watched names and renewals would cost until `until`, compared with what is available; one
 * snapshot. Without `until`: the end of tomorrow, UTC. Throws Refusal('insufficient_scope').
 */
export async function getForecast(ctx: AccountContext, until?: Date): Promise<Forecast> {
  requireScope(ctx, 'balance:read')
  const row = await readForecast(ctx, until)
  const toPay = { count: row.toPayCount, amountMinor: BigInt(row.toPay) }
  const watched = { count: row.watchedCount, amountMinor: BigInt(row.watched) }
  const renewals = { count: row.renewalCount, amountMinor: BigInt(row.renewals) }
  return {
    until: row.until,
    currency: ctx.actor.currency,
    balanceMinor: row.balance,
    availableMinor: row.available,
    undecidedMinor: BigInt(row.undecided),
    toPay,
    watched,
    renewals,
    shortfallMinor: missing(toPay.amountMinor + watched.amountMinor + renewals.amountMinor, row.available),
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
  readonly renewalCount: number
  readonly renewals: string
}

async function readForecast(ctx: AccountContext, until: Date | undefined): Promise<Row> {
  const { accountId, currency } = ctx.actor
  const { rows } = await sql<Row>`
    with asked as (select coalesce(${until ?? null}::timestamptz,
      (date_trunc('day', clock_timestamp() at time zone 'UTC') + interval '2 days') at time zone 'UTC') as until),
    closing as (select until, until + make_interval(hours => 24 * ${RENEWAL_LEAD_DAYS}) as renew_until from asked),
    to_pay as (
      select count(*)::integer as count, coalesce(sum(price_minor), 0) as amount
      from closing, backorder join listing on listing.id = backorder.listing_id
      where account_id = ${accountId} and backorder.state = 'pending_payment' and cutoff_at <= until
    ),
    watched as (
      select count(*)::integer as count, coalesce(sum(price.amount_minor), 0) as amount
      from closing, watch join listing on listing.name = watch.name
        join zone on zone.name = listing.zone and ${isZoneFor(accountId)}
        join price_amount as price on ${isPriceOf(sql`listing.price_rule_id`, currency)}
      where account_id = ${accountId} and listing.state in ('upcoming', 'open') and ${isListed()} and holder is null
        and zone.enabled and not (premium or reserved or suspect) and not ${isBlocked(sql`listing.name`)}
        and cutoff_at > clock_timestamp() and cutoff_at <= until
    ),
    -- An unpaid order leaves the renewal due; a paid one counts for the years it adds.
    renewals as (
      select count(*)::integer as count, coalesce(sum(per_year_minor), 0) as amount
      from closing, registration join backorder on backorder.id = registration.backorder_id
        join listing on listing.id = backorder.listing_id
        left join renewal_price on renewal_price.zone = listing.zone and renewal_price.currency = ${currency}
      where registration.account_id = ${accountId}
        and expires_at > clock_timestamp() and expires_at <= renew_until
        and not exists (select from renewal where registration_id = registration.id and state in ('paid', 'renewing')
          and ((quoted_expires_at at time zone 'UTC') + make_interval(years => years)) at time zone 'UTC' > renew_until)
    )
    select until, balance_minor as balance, balance_minor + credit_limit_minor as available,
      ${escrowOfAccount} as undecided,
      to_pay.count as "toPayCount", to_pay.amount as "toPay", watched.count as "watchedCount", watched.amount as watched,
      renewals.count as "renewalCount", renewals.amount as renewals
    from account, closing, to_pay, watched, renewals where account.id = ${accountId}`.execute(ctx.db)
  const row = rows[0]
  if (row === undefined) throw new Error(`no account ${accountId}`)
  return row
}

function missing(dueMinor: bigint, availableMinor: bigint): bigint {
  const usable = availableMinor > 0n ? availableMinor : 0n
  return dueMinor > usable ? dueMinor - usable : 0n
}

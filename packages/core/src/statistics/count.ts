import type { Outcome } from '@droplock/rules/machines/catch-target'
import { type CreateFacts, lossClassesMs, lossClassOf, priceBandOf } from '@droplock/rules/statistics'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import type { LockedBackorder } from '../locks.ts'

type DecidedOrder = CreateFacts & { readonly backorder: LockedBackorder; readonly outcome: Outcome }

/**
 * Counts orders in the transaction that decides them (`decidedAt`), in one statement. Groups are written in one order, and after
 * everything that waits for a lock, but for the acting person and the audit chain where people decide: other transactions that decide
 * orders of the same groups wait for this one to commit. The caller holds the orders' locks.
 */
export async function countDecided(
  tx: Transaction<Database>,
  decided: readonly DecidedOrder[],
  decidedAt: Date,
): Promise<void> {
  if (decided.length === 0) return
  const classes = decided.map(({ outcome, margin }) =>
    outcome === 'lost' ? (lossClassOf(margin?.maxMs ?? null) ?? UNKNOWN) : null,
  )
  await sql`
    insert into order_statistic as counted (day, zone, release, currency, price_band, outcome, orders, creates, wasted_creates,
      lost_by_10ms, lost_by_100ms, lost_by_1s, lost_by_10s, lost_by_more, lost_by_unknown)
    select (${decidedAt}::timestamptz at time zone 'UTC')::date, listing.zone, zone.release, decided.currency, price_band, outcome,
      count(*), sum(creates), sum(wasted), ${sql.join(classPlaces.map(countOfClass))}
    from unnest(
      ${decided.map(({ backorder }) => backorder.listing_id)}::uuid[],
      ${decided.map(({ backorder }) => backorder.currency)}::text[],
      ${decided.map(({ backorder }) => priceBandOf(backorder.price_minor))}::smallint[],
      ${decided.map(({ outcome }) => outcome)}::text[], ${decided.map(({ creates }) => creates)}::integer[],
      ${decided.map(({ wasted }) => wasted)}::integer[], ${classes}::integer[])
      as decided (listing_id, currency, price_band, outcome, creates, wasted, loss_class)
    join listing on listing.id = decided.listing_id join zone on zone.name = listing.zone
    group by listing.zone, zone.release, decided.currency, price_band, outcome
    order by listing.zone, zone.release, decided.currency, price_band, outcome
    on conflict on constraint one_statistic_per_group do update set
      orders = counted.orders + excluded.orders, creates = counted.creates + excluded.creates,
      wasted_creates = counted.wasted_creates + excluded.wasted_creates,
      lost_by_10ms = counted.lost_by_10ms + excluded.lost_by_10ms,
      lost_by_100ms = counted.lost_by_100ms + excluded.lost_by_100ms,
      lost_by_1s = counted.lost_by_1s + excluded.lost_by_1s, lost_by_10s = counted.lost_by_10s + excluded.lost_by_10s,
      lost_by_more = counted.lost_by_more + excluded.lost_by_more,
      lost_by_unknown = counted.lost_by_unknown + excluded.lost_by_unknown`.execute(tx)
}

/** The classes of `lossClassOf`, and a last one for losses of which nothing is known: in the order of the table's columns. */
const UNKNOWN = lossClassesMs.length + 1
const countOfClass = (place: number) => sql`count(*) filter (where loss_class = ${sql.lit(place)})`
const classPlaces = Array.from({ length: UNKNOWN + 1 }, (_, place) => place)

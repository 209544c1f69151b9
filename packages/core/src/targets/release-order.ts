import { sql } from 'kysely'
import type { Context } from '../context.ts'

/** A listed name whose place in its batch is not known. */
export type Unplaced = { readonly listingId: string; readonly name: string; readonly dropFrom: Date }

/** How long before its window a batch is asked about: the order is settled days before, and an account's rate allows some thousand an hour. */
const HORIZON_HOURS = 12

/** Without so much of a batch the places of the others say too little. */
const KNOWN_PERCENT_MIN = 90

/**
 * Names of daily batches about which the registry was not asked yet, also those that nobody ordered, where the zone has a secured order in
 * that time, also before its cut-off: those after `after`, at most `limit`, those of the next window first. Only before their window.
 */
export async function listUnplaced(
  ctx: Context,
  registryId: string,
  after: Pick<Unplaced, 'listingId' | 'dropFrom'> | undefined,
  limit: number,
): Promise<readonly Unplaced[]> {
  const from = after?.dropFrom ?? new Date(0)
  const id = after?.listingId ?? '00000000-0000-0000-0000-000000000000'
  const { rows } = await sql<Unplaced>`
    with batch as materialized (
      -- A search of each zone's coming names that ends at the first secured one; as a join it could read all orders.
      select zone.name as zone from zone cross join lateral (
        select from listing where listing.zone = zone.name and ${isComing} and holder is not null
          and (select backorder.state from backorder where backorder.id = holder) in ('backordered', 'registering') limit 1) as secured
      where zone.registry_id = ${registryId} and zone.release = 'daily_batch'
    )
    select listing.id as "listingId", listing.name, listing.drop_from as "dropFrom"
    from batch join listing on listing.zone = batch.zone
    where ${isComing}
      and (listing.drop_from, listing.id) > (${from}, ${id}::uuid)
      and not exists (select from release_order where listing_id = listing.id)
    order by listing.drop_from, listing.id limit ${limit}`.execute(ctx.db)
  return rows
}

const isComing = sql`listing.state in ('upcoming', 'open', 'closed', 'dropping') and listing.drop_from > statement_timestamp()
  and listing.drop_from < statement_timestamp() + make_interval(hours => ${sql.lit(HORIZON_HOURS)})`

/** What `info` showed of the registration that is to be deleted; null where it showed none. */
export type OrderKey = { readonly updatedAt: Date | null; readonly roid: string } | null

/** Records what the registry said about a name. The first answer stays: the order does not change before the release. */
export async function recordOrder(ctx: Context, listingId: string, key: OrderKey): Promise<void> {
  await sql`insert into release_order (listing_id, updated_at, roid, asked_at)
    values (${listingId}, ${key?.updatedAt ?? null}, ${key?.roid ?? null}, clock_timestamp())
    on conflict do nothing`.execute(ctx.db)
}

/** Place `rank` (from 0) of `of`. */
export type ReleasePlace = { readonly listingId: string; readonly rank: number; readonly of: number }

/**
 * The places of the ordered names of a zone among all whose window begins from `from` to `to`. Empty where too few names of that batch are
 * known.
 */
export async function readPlaces(
  ctx: Context,
  { zone, from, to }: { readonly zone: string; readonly from: Date; readonly to: Date },
): Promise<readonly ReleasePlace[]> {
  const { rows } = await sql<ReleasePlace>`
    with batch as (
      select listing.id, listing.holder, known.updated_at, known.roid
      from listing left join release_order as known on known.listing_id = listing.id
      where listing.zone = ${zone} and listing.state in ('upcoming', 'open', 'closed', 'dropping')
        and listing.drop_from between ${from} and ${to}
    ), placed as (
      select id, holder, (row_number() over (order by updated_at nulls first, roid collate "C") - 1)::integer as rank,
        (count(*) over ())::integer as "of"
      from batch where roid is not null
    )
    select id as "listingId", rank, "of" from placed
    where holder is not null and 100 * "of" >= ${KNOWN_PERCENT_MIN} * (select count(*) from batch)
    order by rank`.execute(ctx.db)
  return rows
}

import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

/** A second listing of the free name. */
function relist({ tx, ctx, free }: Scene, cycle: number, state: 'open' | 'withdrawn') {
  return sql`
    insert into listing (id, name, zone, cycle, state, opens_at, cutoff_at, drop_from, drop_to, ended_at)
    select ${ctx.newId()}, name, zone, ${cycle}, ${state}, opens_at, cutoff_at, drop_from, drop_to,
      case ${state}::text when 'withdrawn' then clock_timestamp() end
    from listing where id = ${free.listingId}`.execute(tx)
}

export const listingBreaches: readonly Breach[] = [
  {
    table: 'listing',
    keeper: 'one_live_listing_per_name',
    promise: 'a name has one live listing',
    deed: (scene) => relist(scene, 2, 'open'),
  },
  {
    table: 'listing',
    keeper: 'listing_cycle_unique',
    promise: 'a name that comes back is a new cycle',
    deed: (scene) => relist(scene, 1, 'withdrawn'),
  },
  {
    table: 'listing',
    keeper: 'listing_state_known',
    promise: 'a listing is in a state of its machine',
    deed: ({ tx, free }) =>
      sql`update listing set state = 'auctioned' where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    keeper: 'ended_listing_has_time',
    promise: 'a listing that has ended tells when, and only that',
    deed: ({ tx, free }) =>
      sql`update listing set state = 'withdrawn' where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    keeper: 'drop_window_ordered',
    promise: 'a drop window begins before it ends',
    deed: ({ tx, free }) =>
      sql`update listing set drop_to = drop_from - interval '1 second' where id = ${free.listingId}`.execute(
        tx,
      ),
  },
  {
    table: 'listing',
    keeper: 'cutoff_before_drop',
    promise: 'orders close before the drop begins',
    deed: ({ tx, free }) =>
      sql`update listing set cutoff_at = drop_from + interval '1 second' where id = ${free.listingId}`.execute(
        tx,
      ),
  },
  {
    table: 'listing',
    keeper: 'holder_is_a_backorder',
    promise: 'a listing is held by a backorder that exists',
    deed: ({ tx, ctx, free }) =>
      sql`update listing set holder = ${ctx.newId()} where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    keeper: 'holder_is_a_backorder',
    promise: 'a listing is held by a backorder of its own',
    deed: ({ tx, free, held }) =>
      sql`update listing set holder = ${held.backorderId} where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    keeper: 'override_keeps_what_lists_say',
    promise: 'an overridden listing knows what lists say, and only an overridden one',
    deed: ({ tx, free }) =>
      sql`update listing set listed_cutoff_at = cutoff_at where id = ${free.listingId}`.execute(tx),
  },
]

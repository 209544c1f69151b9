import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

/** A second listing of the free name. */
function relist({ tx, ctx, free }: Fixture, cycle: number, state: 'open' | 'withdrawn') {
  return sql`
    insert into listing (id, name, zone, cycle, state, opens_at, cutoff_at, drop_from, drop_to, ended_at)
    select ${ctx.newId()}, name, zone, ${cycle}, ${state}, opens_at, cutoff_at, drop_from, drop_to,
      case ${state}::text when 'withdrawn' then clock_timestamp() end
    from listing where id = ${free.listingId}`.execute(tx)
}

export const listingViolations: readonly Violation[] = [
  {
    table: 'listing',
    constraint: 'one_live_listing_per_name',
    guarantee: 'a name has one live listing',
    violate: (fixture) => relist(fixture, 2, 'open'),
  },
  {
    table: 'listing',
    constraint: 'listing_cycle_unique',
    guarantee: 'a name that comes back is a new cycle',
    violate: (fixture) => relist(fixture, 1, 'withdrawn'),
  },
  {
    table: 'listing',
    constraint: 'listing_state_known',
    guarantee: 'a listing is in a state of its machine',
    violate: ({ tx, free }) =>
      sql`update listing set state = 'auctioned' where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    constraint: 'ended_listing_has_time',
    guarantee: 'a listing has an end time exactly if it has ended',
    backstops: [['listing', 'withdrawn_listing_has_ground']],
    violate: ({ tx, free }) =>
      sql`update listing set state = 'withdrawn' where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    constraint: 'drop_window_ordered',
    guarantee: 'a drop window begins before it ends',
    violate: ({ tx, free }) =>
      sql`update listing set drop_to = drop_from - interval '1 second' where id = ${free.listingId}`.execute(
        tx,
      ),
  },
  {
    table: 'listing',
    constraint: 'cutoff_before_drop',
    guarantee: 'orders close before the drop begins',
    violate: ({ tx, free }) =>
      sql`update listing set cutoff_at = drop_from + interval '1 second' where id = ${free.listingId}`.execute(
        tx,
      ),
  },
  {
    table: 'listing',
    constraint: 'holder_is_a_backorder',
    guarantee: 'a listing is held by a backorder that exists',
    violate: ({ tx, ctx, free }) =>
      sql`update listing set holder = ${ctx.newId()} where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    constraint: 'holder_is_a_backorder',
    guarantee: 'a listing is held by a backorder of its own',
    violate: ({ tx, free, held }) =>
      sql`update listing set holder = ${held.backorderId} where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    constraint: 'override_keeps_what_lists_say',
    guarantee: 'an overridden listing knows what lists say, and only an overridden one',
    violate: ({ tx, free }) =>
      sql`update listing set listed_cutoff_at = cutoff_at where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    constraint: 'listing_opens_when_listed',
    guarantee: 'no name is opened before the list that added it is published',
    violate: async ({ tx, free }) => {
      await sql`update listing set state = 'upcoming' where id = ${free.listingId}`.execute(tx)
      await sql`update sync_run set state = 'publishing', listed_at = null, superseded_at = null
        where id = (select publication_id from listing where id = ${free.listingId})`.execute(tx)
      await sql`update listing set state = 'open' where id = ${free.listingId}`.execute(tx)
    },
  },
  {
    table: 'listing',
    constraint: 'upcoming_listing_has_no_holder',
    guarantee: 'a name that is ordered is open: nobody orders a name before its list is published',
    violate: ({ tx, held }) =>
      sql`update listing set state = 'upcoming' where id = ${held.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    constraint: 'listing_times_fit',
    guarantee: 'the times of a listing are not too late for four-digit years',
    violate: ({ tx, free }) =>
      sql`update listing set drop_to = '10000-01-01T00:00:00Z' where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'listing',
    constraint: 'listing_times_fit',
    guarantee: 'the times of a listing are not too early for four-digit years',
    violate: ({ tx, free }) =>
      sql`update listing set cutoff_at = '-infinity' where id = ${free.listingId}`.execute(tx),
  },
]

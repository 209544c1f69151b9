import { type RawBuilder, sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

/** A replaced override of the free name, except for what `changes` sets. */
async function override({ tx, ctx, free, staffId }: Fixture, changes: RawBuilder<unknown>) {
  const id = ctx.newId()
  await sql`
    insert into schedule_override (id, listing_id, cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before,
      drop_to_before, reason, applied_by, applied_at, replaced_at)
    select ${id}, id, cutoff_at, drop_from, drop_to, cutoff_at, drop_from, drop_to, 'a test', ${staffId}, opens_at, opens_at
    from listing where id = ${free.listingId}`.execute(tx)
  await sql`update schedule_override set ${changes} where id = ${id}`.execute(tx)
}

export const overrideViolations: readonly Violation[] = [
  {
    table: 'schedule_override',
    constraint: 'one_override_in_force',
    guarantee: 'a listing has one override in force',
    violate: async (fixture) => {
      await override(fixture, sql`replaced_at = null`)
      await override(fixture, sql`replaced_at = null`)
    },
  },
  {
    table: 'schedule_override',
    constraint: 'override_has_a_reason',
    guarantee: 'an override has a reason',
    violate: (fixture) => override(fixture, sql`reason = ' '`),
  },
  {
    table: 'schedule_override',
    constraint: 'override_window_ordered',
    guarantee: 'an override closes orders before its window, and its window begins before it ends',
    violate: (fixture) => override(fixture, sql`drop_to = cutoff_at - interval '1 second'`),
  },
  {
    table: 'schedule_override',
    constraint: 'override_ends_once',
    guarantee: 'an override is replaced or undone, not both',
    violate: (fixture) =>
      override(
        fixture,
        sql`undone_at = applied_at, undone_by = applied_by, undo_reason = 'a test', drop_from_returned_to = drop_from`,
      ),
  },
  {
    table: 'schedule_override',
    constraint: 'undo_is_whole',
    guarantee: 'an undone override has the person, the reason and the schedule that it returned to',
    violate: (fixture) => override(fixture, sql`undone_at = applied_at, replaced_at = null`),
  },
  {
    table: 'schedule_override',
    constraint: 'override_times_fit',
    guarantee: 'the times of an override can be written in four-digit years',
    violate: (fixture) => override(fixture, sql`drop_to = '9999-12-31T23:59:59Z'`),
  },
]

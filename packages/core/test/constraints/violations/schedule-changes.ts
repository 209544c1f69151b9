import { type RawBuilder, sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'

const AT = sql`'2026-11-24T12:00:00Z'::timestamptz`

/** A draft that shifts by an hour, except for what `changes` sets. */
async function change(
  { tx, ctx }: Fixture,
  changes: RawBuilder<unknown> = sql`state = 'draft'`,
): Promise<string> {
  const id = ctx.newId()
  await sql`
    insert into schedule_change (id, kind, shift_seconds, filter, preview, state, made_by_name, made_at)
    values (${id}, 'shift', 3600, '{}', '{}', 'draft', 'a test', ${AT})`.execute(tx)
  await sql`update schedule_change set ${changes} where id = ${id}`.execute(tx)
  return id
}

/** The free listing as a part of a draft, except for what `changes` sets. */
async function listing(fixture: Fixture, changes: RawBuilder<unknown>, rows = 1): Promise<void> {
  const id = await change(fixture)
  for (let row = 0; row < rows; row += 1)
    await sql`
      insert into schedule_change_listing (change_id, listing_id, version, state, holder, cutoff_at, drop_from, drop_to, effect)
      select ${id}::uuid, id, version, state, 'none', cutoff_at, drop_from, drop_to, 'moves' from listing
      where id = ${fixture.free.listingId}`.execute(fixture.tx)
  await sql`update schedule_change_listing set ${changes} where change_id = ${id}`.execute(fixture.tx)
}

type Row = readonly [
  constraint: ConstraintName,
  changes: RawBuilder<unknown>,
  guarantee: string,
  ...backstops: ConstraintName[],
]

const ofChanges: readonly Row[] = [
  ['schedule_change_kind_known', sql`kind = 'turn'`, 'a change is of a known kind', 'change_says_what'],
  [
    'schedule_change_state_known',
    sql`state = 'lost', reason = 'a', applied_at = ${AT}`,
    'a change has a known state',
  ],
  ['change_says_what', sql`shift_seconds = null`, 'a change says what it does, and nothing else'],
  [
    'changed_lead_not_negative',
    sql`kind = 'cutoff_lead', shift_seconds = null, cutoff_lead_seconds = -1`,
    'orders close before the window, not after',
  ],
  [
    'applied_change_has_a_reason',
    sql`state = 'applying', applied_at = ${AT}, reason = ' '`,
    'what is applied has a reason',
  ],
  [
    'undone_change_has_a_reason',
    sql`state = 'undoing', applied_at = ${AT}, finished_at = ${AT}, reason = 'a', undone_by_name = 'a test'`,
    'what is undone has a reason',
  ],
  [
    'ended_change_has_time',
    sql`state = 'applied', applied_at = ${AT}, reason = 'a'`,
    'a change that has ended has the time of its end',
  ],
]

const ofListings: readonly Row[] = [
  [
    'change_listing_holder_known',
    sql`holder = 'some'`,
    'a listing of a change is held, or not, in a known way',
  ],
  ['change_effect_known', sql`effect = 'turns'`, 'a change has a known effect on a listing'],
  ['change_result_known', sql`result = 'lost'`, 'what was done with a listing of a change is known'],
  [
    'change_undo_result_known',
    sql`undo_result = 'lost', result = 'applied', drop_from_after = drop_from`,
    'how a listing of a change was undone is known',
  ],
  ['skipped_listing_has_a_cause', sql`result = 'skipped'`, 'a listing that a change skipped says why'],
  ['applied_listing_has_schedule', sql`result = 'applied'`, 'a listing that a change moved says whereto'],
  ['only_the_applied_is_undone', sql`undo_result = 'undone'`, 'only what was applied is undone'],
  [
    'skipped_undo_has_a_cause',
    sql`undo_result = 'skipped', result = 'applied', drop_from_after = drop_from`,
    'a listing whose change is not undone says why',
  ],
]

const violationsOf = (
  table: string,
  rows: readonly Row[],
  violate: (fixture: Fixture, changes: RawBuilder<unknown>) => Promise<unknown>,
): readonly Violation[] =>
  rows.map(([constraint, changes, guarantee, ...backstops]) => ({
    table,
    constraint,
    guarantee,
    backstops: backstops.map((name) => [table, name] as const),
    violate: (fixture) => violate(fixture, changes),
  }))

export const scheduleChangeViolations: readonly Violation[] = [
  ...violationsOf('schedule_change', ofChanges, change),
  ...violationsOf('schedule_change_listing', ofListings, listing),
  {
    table: 'schedule_change_listing',
    constraint: 'schedule_change_listing_pkey',
    guarantee: 'a change has a listing once',
    violate: (fixture) => listing(fixture, sql`version = version`, 2),
  },
  {
    table: 'schedule_override',
    constraint: 'override_is_by_somebody',
    guarantee: 'an override is by a person, or of a change that says by whom',
    violate: ({ tx, ctx, free }) =>
      sql`
      insert into schedule_override (id, listing_id, cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before,
        drop_to_before, reason, applied_at, replaced_at)
      select ${ctx.newId()}, id, cutoff_at, drop_from, drop_to, cutoff_at, drop_from, drop_to, 'a test', opens_at, opens_at
      from listing where id = ${free.listingId}`.execute(tx),
  },
  {
    table: 'past_zone_policy',
    constraint: 'past_zone_policy_pkey',
    guarantee: 'a policy of a zone was replaced once at a time',
    violate: ({ tx }) =>
      sql`
      insert into past_zone_policy (zone, replaced_at, drop_time_zone, drop_starts_at, drop_also_at, drop_lasts_seconds,
        early_seconds, late_seconds, cutoff_lead_seconds)
      select name, ${AT}, drop_time_zone, drop_starts_at, drop_also_at, drop_lasts_seconds, early_seconds, late_seconds,
        cutoff_lead_seconds from zone, generate_series(1, 2)`.execute(tx),
  },
  {
    table: 'zone',
    constraint: 'further_batches_are_later',
    guarantee: 'further batches of a day come after the first',
    violate: ({ tx }) =>
      sql`update zone set drop_starts_at = '10:00', drop_also_at = array['09:00'::time]`.execute(tx),
  },
]

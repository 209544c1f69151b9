import { type RawBuilder, sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import { type Fixture, type Violation } from '../fixture.ts'

const AT = sql`'2026-11-24T12:00:00Z'::timestamptz`

/** The drop of the held name, except for what `changes` sets. */
async function observe({ tx, held }: Fixture, changes: RawBuilder<unknown>, rows = 1): Promise<void> {
  await sql`
    create temporary table observed on commit drop as
    select listing.id as listing_id, 'create' as kind, zone, date '2026-11-24' as day, drop_from as expected_from,
      drop_to as expected_to, ${AT} as at_from, ${AT} as at_to, true as in_batch, 'a test' as evidence, ${AT} as recorded_at
    from listing where id = ${held.listingId}`.execute(tx)
  await sql`update observed set ${changes}`.execute(tx)
  for (let row = 0; row < rows; row += 1)
    await sql`insert into observed_drop select * from observed`.execute(tx)
  await sql`drop table observed`.execute(tx)
}

const asItIs = sql`day = day`

type Row = readonly [constraint: ConstraintName, changes: RawBuilder<unknown>, guarantee: string]

const rows: readonly Row[] = [
  ['observed_kind_known', sql`kind = 'guess'`, 'what shows a drop is known'],
  ['observed_interval_ordered', sql`at_from = at_to + interval '1 s'`, 'a drop lies in an interval'],
  [
    'observed_window_ordered',
    sql`expected_from = expected_to + interval '1 s'`,
    'a drop was expected in a window',
  ],
]

/** A change by drift. */
async function drift({ tx, ctx }: Fixture): Promise<string> {
  const id = ctx.newId()
  await sql`
    insert into schedule_change (id, kind, from_shift_seconds, to_shift_seconds, filter, preview, state, reason, made_by_name, made_at,
      applied_at, finished_at)
    values (${id}, 'drift', 0, 60, '{}', '{}', 'applied', 'a test', 'droplock', ${AT}, ${AT}, ${AT})`.execute(
    tx,
  )
  return id
}

export const observedViolations: readonly Violation[] = [
  ...rows.map(
    ([constraint, changes, guarantee]): Violation => ({
      table: 'observed_drop',
      constraint,
      guarantee,
      violate: (fixture) => observe(fixture, changes),
    }),
  ),
  {
    table: 'observed_drop',
    constraint: 'observed_drop_pkey',
    guarantee: 'a drop is observed once by each means',
    violate: (fixture) => observe(fixture, asItIs, 2),
  },
  {
    table: 'observed_drop',
    constraint: 'observed_drop_is_append_only',
    guarantee: 'an observed drop does not change',
    violate: async (fixture) => {
      await observe(fixture, asItIs)
      await sql`update observed_drop set at_to = at_to + interval '1 s'`.execute(fixture.tx)
    },
  },
  {
    table: 'observed_drop',
    constraint: 'observed_drop_is_never_truncated',
    guarantee: 'observed drops are not removed',
    violate: ({ tx }) => sql`truncate observed_drop`.execute(tx),
  },
  {
    table: 'batch_drift',
    constraint: 'batch_drift_pkey',
    guarantee: 'a day of a zone is measured once',
    violate: ({ tx }) =>
      sql`insert into batch_drift (zone, day) select zone, day from batch_drift`.execute(tx),
  },
  {
    table: 'batch_drift',
    constraint: 'only_observed_drift_has_median',
    guarantee: 'a drift is of names that were observed',
    violate: ({ tx }) => sql`update batch_drift set median_seconds = 60`.execute(tx),
  },
  {
    table: 'schedule_change',
    constraint: 'only_drift_moves_submission',
    guarantee: 'a change by drift says how much submission windows differ, and no other does',
    violate: async (fixture) => {
      await drift(fixture)
      await sql`update schedule_change set to_shift_seconds = null`.execute(fixture.tx)
    },
  },
  {
    table: 'catch_target',
    constraint: 'submission_follows_cutoff',
    guarantee: 'no submission window is moved before the cut-off',
    violate: async (fixture) => {
      const id = await drift(fixture)
      await sql`
        update catch_target set drift_change_id = ${id}::uuid, drop_from = listing.cutoff_at - interval '1 s'
        from listing where listing.id = listing_id`.execute(fixture.tx)
    },
  },
]

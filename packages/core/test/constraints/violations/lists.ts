import { sql } from 'kysely'
import type { ConstraintName } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'

/** Copies a published run, but for what `changes` sets. */
function copyRun({ tx, ctx }: Fixture, changes: { state: string; failure?: string }) {
  const { state, failure = null } = changes
  return sql`
    insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, state, failure,
      listings_added, published_at, opens_at)
    select ${ctx.newId()}, registry_id, source, format, content_sha256, scope_kind, scope_zones, ${state}, ${failure},
      listings_added, published_at, opens_at
    from sync_run order by superseded_at is not null, id limit 1`.execute(tx)
}

type Updates = readonly (readonly [constraint: ConstraintName, guarantee: string, set: string])[]

function addSource({ tx, ctx }: Fixture) {
  return sql`insert into list_source (id, registry_id, address)
    select ${ctx.newId()}, id, 'https://lists.example/drop.csv' from registry`.execute(tx)
}

/** Changes of a source that has just been added. */
function sourceViolations(updates: Updates): readonly Violation[] {
  return updates.map(([constraint, guarantee, set]) => ({
    table: 'list_source',
    constraint,
    guarantee,
    violate: async (fixture) => {
      await addSource(fixture)
      await sql`update list_source set ${sql.raw(set)}`.execute(fixture.tx)
    },
  }))
}

/** Changes of published runs. */
function runViolations(updates: Updates): readonly Violation[] {
  return updates.map(([constraint, guarantee, set]) => ({
    table: 'sync_run',
    constraint,
    guarantee,
    violate: ({ tx }) => sql`update sync_run set ${sql.raw(set)} where state = 'published'`.execute(tx),
  }))
}

/** Writes so many times what the first run changed. */
function noteChange(tx: Fixture['tx'], kind: string, times: number) {
  return sql`
    insert into sync_change (run_id, name, kind, zone)
    select id, 'a.test', ${kind}, 'test' from (select id from sync_run order by id limit 1) as run,
      generate_series(1, ${times}::integer)`.execute(tx)
}

/** Notes so many times that the first run changes the first listing. */
function notePending(tx: Fixture['tx'], kind: string, times: number) {
  return sql`
    insert into pending_change (run_id, listing_id, kind)
    select run.id, listing.id, ${kind} from (select id from sync_run order by id limit 1) as run,
      (select id from listing order by id limit 1) as listing, generate_series(1, ${times}::integer)`.execute(
    tx,
  )
}

export const listViolations: readonly Violation[] = [
  {
    table: 'sync_run',
    constraint: 'one_publication_in_force',
    guarantee: 'the same list is published once, until another of its source takes its place',
    violate: (fixture) => copyRun(fixture, { state: 'published' }),
  },
  {
    table: 'sync_run',
    constraint: 'sync_run_state_known',
    guarantee: 'a sync run is in a state of its machine',
    violate: (fixture) => copyRun(fixture, { state: 'lost its way' }),
  },
  {
    table: 'sync_run',
    constraint: 'one_publishing_per_registry',
    guarantee: 'of the lists of a registry one is published at a time',
    violate: async (fixture) => {
      await copyRun(fixture, { state: 'publishing' })
      await copyRun(fixture, { state: 'publishing' })
    },
  },
  {
    table: 'sync_run',
    constraint: 'publishing_run_has_opening_time',
    guarantee: 'a publication knows when its names open, so that any process can complete it',
    violate: async (fixture) => {
      const [first] = await fixture.tx.selectFrom('sync_run').select('id').orderBy('id').limit(1).execute()
      await sql`update sync_run set state = 'publishing', opens_at = null, listed_at = null, superseded_at = null
        where id = ${first?.id}`.execute(fixture.tx)
    },
  },
  {
    table: 'sync_run',
    constraint: 'only_a_published_run_is_listed',
    guarantee: 'the names of a run are shown once it is published, not before',
    violate: ({ tx }) =>
      sql`update sync_run set state = 'discarded', superseded_at = null where listed_at is not null`.execute(
        tx,
      ),
  },
  {
    table: 'pending_change',
    constraint: 'pending_change_known',
    guarantee: 'a listing that a publication changes is carried by the list or absent from it',
    violate: ({ tx }) => notePending(tx, 'hearsay', 1),
  },
  {
    table: 'pending_change',
    constraint: 'pending_change_pkey',
    guarantee: 'a publication changes a listing once',
    violate: ({ tx }) => notePending(tx, 'carried', 2),
  },
  {
    table: 'sync_run',
    constraint: 'failed_run_has_reason',
    guarantee: 'a failed sync run has a reason',
    violate: (fixture) => copyRun(fixture, { state: 'failed' }),
  },
  {
    table: 'sync_run',
    constraint: 'published_run_has_counts',
    guarantee: 'a published run has its time and what it changed',
    violate: ({ tx }) => sql`update sync_run set published_at = null`.execute(tx),
  },
  {
    table: 'sync_run',
    constraint: 'scope_kind_known',
    guarantee: 'a list is a snapshot or an increment',
    violate: ({ tx }) => sql`update sync_run set scope_kind = 'hearsay'`.execute(tx),
  },
  {
    table: 'sync_run',
    constraint: 'declared_scope_kind_known',
    guarantee: 'a list is declared a snapshot, an increment or neither',
    violate: ({ tx }) => sql`update sync_run set declared_scope_kind = 'hearsay'`.execute(tx),
  },
  {
    table: 'sync_run',
    constraint: 'superseded_run_was_published',
    guarantee: 'only a published list is superseded by another',
    violate: ({ tx }) =>
      sql`update sync_run set state = 'discarded', listed_at = null, superseded_at = clock_timestamp()`.execute(
        tx,
      ),
  },
  {
    table: 'sync_row',
    constraint: 'sync_row_times_fit',
    guarantee: 'the times of a row can be written in four-digit years',
    violate: ({ tx }) => sql`update sync_row set drop_to = '9999-12-31T23:59:59Z'`.execute(tx),
  },
  {
    table: 'sync_row',
    constraint: 'sync_row_pkey',
    guarantee: 'a run carries a name once',
    violate: ({ tx }) =>
      sql`insert into sync_row select run_id, line + 1, gen_random_uuid(), name, zone, drop_from, drop_to, cutoff_at
        from sync_row`.execute(tx),
  },
  {
    table: 'sync_reject',
    constraint: 'sync_reject_pkey',
    guarantee: 'a line is rejected once',
    violate: ({ tx }) =>
      sql`insert into sync_reject select id, 1, 'x', 'malformed' from sync_run, generate_series(1, 2)`.execute(
        tx,
      ),
  },
  {
    table: 'sync_run',
    constraint: 'quarantined_run_says_why',
    guarantee: 'a quarantined run has reasons',
    violate: (fixture) => copyRun(fixture, { state: 'quarantined' }),
  },
  {
    table: 'sync_run',
    constraint: 'quarantine_ends_with_a_reason',
    guarantee: 'a quarantined run is published or discarded by a person, with a reason',
    violate: ({ tx }) => sql`update sync_run set quarantine_reasons = '{too_few_rows}'`.execute(tx),
  },
  {
    table: 'sync_change',
    constraint: 'sync_change_known',
    guarantee: 'a change of a name has a known kind',
    violate: ({ tx }) => noteChange(tx, 'lost', 1),
  },
  {
    table: 'sync_change',
    constraint: 'sync_change_pkey',
    guarantee: 'a run has one change for each name',
    violate: ({ tx }) => noteChange(tx, 'too_late', 2),
  },
  {
    table: 'list_source',
    constraint: 'one_source_per_address',
    guarantee: 'an address of a registry is one source',
    violate: async (fixture) => {
      await addSource(fixture)
      await addSource(fixture)
    },
  },
  ...sourceViolations([
    ['source_address_has_no_password', 'an address holds no password', `address = 'https://u:p@lists.test/'`],
    ['source_scope_known', 'a source is of snapshots, of increments or of both', `scope_kind = 'hearsay'`],
    ['source_allowance_fits', 'a list may be a day late at most', 'late_allowance_seconds = 86401'],
    ['source_late_after_fits', 'a source is late after a second to a year', 'late_after_seconds = 0'],
    ['list_source_version_positive', 'versions of a source count from 1', 'version = 0'],
    ['source_precedence_fits', 'precedences are comparable numbers', 'precedence = 1001'],
    ['source_poll_fits', 'a source is asked every second to every week', 'poll_seconds = 0'],
    ['source_suspected_limit_fits', 'a limit is a percentage', 'suspected_percent_max = 101'],
    ['source_moved_limit_fits', 'a limit is a percentage', 'moved_percent_max = -1'],
    ['source_rows_limit_fits', 'a limit is a percentage', 'rows_percent_min = 101'],
    ['source_request_known', 'a source is fetched for real or as a dry run', `requested = 'maybe'`],
    ['source_claim_ends', 'a claim of a source has an end', 'claimed_until = clock_timestamp()'],
    ['source_failure_known', 'a source fails for a known reason', `failure_code = 'x'`],
    ['failing_source_says_why', 'a source that fails says why', 'failures = 1'],
  ]),
  ...runViolations([
    ['run_purpose_known', 'a list is to be listed, or was observed', `purpose = 'fun', listings_added = 0`],
    [
      'run_failure_known',
      'a run fails for a known reason',
      `state = 'failed', listed_at = null, failure = 'x', failure_code = 'x'`,
    ],
    ['run_was_tried', 'a run was tried', `state = 'failed', listed_at = null, failure = 'x', tries = 0`],
    ['dry_run_changes_nothing', 'a dry run is never published', 'dry_run = true'],
    [
      'observed_run_lists_nothing',
      'names that were deleted are not listed',
      `purpose = 'observed', listings_added = 1`,
    ],
    ['only_failed_run_has_code', 'only a failed run has a reason for it', `failure_code = 'timed_out'`],
    ['only_failed_run_is_repeated', 'only a failure is repeated as one run', 'tries = 2'],
  ]),
  {
    table: 'observed_list_name',
    constraint: 'observed_list_name_pkey',
    guarantee: 'a list tells of a name once',
    violate: ({ tx }) =>
      sql`insert into observed_list_name select id, 'a.test', 'test', current_date
        from sync_run, generate_series(1, 2)`.execute(tx),
  },
]

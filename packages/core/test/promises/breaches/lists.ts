import { sql } from 'kysely'
import { REGISTRY } from '../../support/world.ts'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

/** Copies a published run, but for what `changes` sets. */
function copyRun({ tx, ctx }: Scene, changes: { state: string; failure?: string }) {
  const { state, failure = null } = changes
  return sql`
    insert into sync_run (id, registry_id, source, format, content_sha256, scope_kind, scope_zones, state, failure,
      listings_added, published_at)
    select ${ctx.newId()}, registry_id, source, format, content_sha256, scope_kind, scope_zones, ${state}, ${failure},
      listings_added, published_at
    from sync_run order by superseded_at is not null, id limit 1`.execute(tx)
}

export const listBreaches: readonly Breach[] = [
  {
    table: 'sync_run',
    keeper: 'one_publication_in_force',
    promise: 'the same list is published once, until another of its source takes its place',
    deed: (scene) => copyRun(scene, { state: 'published' }),
  },
  {
    table: 'sync_run',
    keeper: 'sync_run_state_known',
    promise: 'a sync run is in a state of its machine',
    deed: (scene) => copyRun(scene, { state: 'lost its way' }),
  },
  {
    table: 'sync_run',
    keeper: 'failed_run_has_reason',
    promise: 'a failed sync run tells why',
    deed: (scene) => copyRun(scene, { state: 'failed' }),
  },
  {
    table: 'sync_run',
    keeper: 'published_run_has_counts',
    promise: 'a published run tells when, and what it changed',
    deed: ({ tx }) => sql`update sync_run set published_at = null`.execute(tx),
  },
  {
    table: 'sync_run',
    keeper: 'scope_kind_known',
    promise: 'a list is a snapshot or an increment',
    deed: ({ tx }) => sql`update sync_run set scope_kind = 'hearsay'`.execute(tx),
  },
  {
    table: 'sync_run',
    keeper: 'declared_scope_kind_known',
    promise: 'a list is declared a snapshot, an increment or neither',
    deed: ({ tx }) => sql`update sync_run set declared_scope_kind = 'hearsay'`.execute(tx),
  },
  {
    table: 'sync_run',
    keeper: 'superseded_run_was_published',
    promise: 'only a published list is superseded by another',
    deed: ({ tx }) =>
      sql`update sync_run set state = 'discarded', superseded_at = clock_timestamp()`.execute(tx),
  },
  {
    table: 'sync_row',
    keeper: 'sync_row_times_fit',
    promise: 'a row of a list has times that every answer can tell',
    deed: ({ tx }) => sql`update sync_row set drop_to = '9999-12-31T23:59:59Z'`.execute(tx),
  },
  {
    table: 'sync_row',
    keeper: 'sync_row_pkey',
    promise: 'a run carries a name once',
    deed: ({ tx }) =>
      sql`insert into sync_row select run_id, line + 1, gen_random_uuid(), name, zone, drop_from, drop_to, cutoff_at
        from sync_row`.execute(tx),
  },
  {
    table: 'sync_reject',
    keeper: 'sync_reject_pkey',
    promise: 'a line is rejected once',
    deed: ({ tx }) =>
      sql`insert into sync_reject select id, 1, 'x', 'malformed' from sync_run, generate_series(1, 2)`.execute(
        tx,
      ),
  },
  {
    table: 'sync_run',
    keeper: 'quarantined_run_says_why',
    promise: 'a run that is held back says why',
    deed: (scene) => copyRun(scene, { state: 'quarantined' }),
  },
  {
    table: 'sync_run',
    keeper: 'quarantine_ends_with_a_reason',
    promise: 'a run that was held back is published or discarded by somebody who says why',
    deed: ({ tx }) => sql`update sync_run set quarantine_reasons = '{too_few_rows}'`.execute(tx),
  },
  {
    table: 'sync_change',
    keeper: 'sync_change_known',
    promise: 'what a run did to a name has one of five words',
    deed: ({ tx }) => sql`update sync_change set kind = 'lost'`.execute(tx),
  },
  {
    table: 'sync_change',
    keeper: 'sync_change_pkey',
    promise: 'a run does one thing to a name',
    deed: ({ tx }) =>
      sql`insert into sync_change (run_id, name, kind, zone) select run_id, name, 'too_late', zone from sync_change`.execute(
        tx,
      ),
  },
  {
    table: 'feed',
    keeper: 'feed_pkey',
    promise: 'a source of a registry is polled by one row',
    deed: async ({ tx }) => {
      const twice = sql`insert into feed (registry_id, source) values (${REGISTRY}, 'https://lists.example/drop.csv')`
      await twice.execute(tx)
      await twice.execute(tx)
    },
  },
  {
    table: 'feed',
    keeper: 'feed_pkey',
    promise: 'a source of drop lists is claimed as one row',
    deed: ({ tx }) =>
      sql`insert into feed select id, 'the same' from registry, generate_series(1, 2)`.execute(tx),
  },
]

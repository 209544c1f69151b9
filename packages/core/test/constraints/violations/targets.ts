import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../../../src/database/tables.gen.ts'
import type { Fixture, Violation } from '../fixture.ts'
import { insertAttempt } from '../rows.ts'

/** Every target is lost, with what else is set. */
const lose = (tx: Transaction<Database>, set: RawBuilder<unknown>) =>
  sql`update catch_target set state = 'lost', decided_at = clock_timestamp(), ${set}`.execute(tx)

export const targetViolations: readonly Violation[] = [
  {
    table: 'catch_target',
    constraint: 'one_target_per_backorder',
    guarantee: 'a backorder has one target',
    violate: ({ tx, ctx }) =>
      sql`insert into catch_target (id, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to,
          grace_until, fee_max_minor, fee_currency, armed_at)
        select ${ctx.newId()}, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to,
          grace_until, fee_max_minor, fee_currency, armed_at from catch_target`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'catch_target_state_known',
    guarantee: 'a target is in a state of its machine',
    violate: ({ tx }) => sql`update catch_target set state = 'asleep'`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'target_window_ordered',
    guarantee: 'the grace of a target ends after its window',
    violate: ({ tx }) => sql`update catch_target set grace_until = drop_to - interval '1 second'`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'decided_target_has_time',
    guarantee: 'a target has a decision time exactly if it is decided',
    violate: ({ tx }) => sql`update catch_target set state = 'lost'`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'only_lost_has_winner',
    guarantee: 'only a name that was lost has a rival that was faster',
    violate: ({ tx, held }) =>
      tx
        .updateTable('catch_target')
        .set({ winner_created_at: new Date('2026-11-24T13:00:00Z') })
        .where('id', '=', held.targetId)
        .execute(),
  },
  {
    table: 'catch_target',
    constraint: 'only_decided_has_creates',
    guarantee: 'creates are counted when the target is decided',
    violate: ({ tx }) => sql`update catch_target set creates = 1, wasted_creates = 0`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'wasted_creates_within_creates',
    guarantee: 'no more creates of a target are wasted than were sent',
    violate: ({ tx }) => lose(tx, sql`creates = 1, wasted_creates = 2`),
  },
  {
    table: 'catch_target',
    constraint: 'only_lost_has_margin',
    guarantee: 'only a name that was lost was lost by anything',
    violate: ({ tx }) => sql`update catch_target set lost_by_min_ms = 1, lost_by_max_ms = 2`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'loss_margin_is_an_interval',
    guarantee: 'a name was lost by an interval',
    violate: ({ tx }) => lose(tx, sql`lost_by_min_ms = 2, lost_by_max_ms = 1`),
  },
  {
    table: 'catch_target',
    constraint: 'only_registered_has_cr_date',
    guarantee: 'a target has a creation date exactly if it is registered',
    violate: ({ tx }) =>
      sql`update catch_target set state = 'registered', decided_at = clock_timestamp()`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'a_win_is_newer_than_the_deleted',
    guarantee: 'a win is a registration newer than the deleted one',
    violate: ({ tx }) =>
      sql`update catch_target set state = 'registered', decided_at = clock_timestamp(),
        prior_cr_date = '2020-01-01Z', cr_date = '2020-01-01Z'`.execute(tx),
  },
  {
    table: 'catch_target',
    constraint: 'target_basis_known',
    guarantee: 'the basis of an outcome is known',
    violate: ({ tx }) =>
      sql`update catch_target set state = 'lost', decided_at = clock_timestamp(), decided_basis = 'hearsay'`.execute(
        tx,
      ),
  },
  {
    table: 'catch_target',
    constraint: 'only_decided_has_basis',
    guarantee: 'an undecided target has no basis',
    violate: ({ tx }) => sql`update catch_target set decided_basis = 'info'`.execute(tx),
  },
  {
    table: 'catch_attempt',
    constraint: 'catch_attempt_pkey',
    guarantee: 'an attempt is recorded once',
    violate: async (fixture) => {
      await insertAttempt(fixture)
      await insertAttempt(fixture)
    },
  },
  {
    table: 'catch_attempt',
    constraint: 'answered_attempt_has_code',
    guarantee: 'an attempt has a code exactly if it was answered',
    violate: (fixture) => insertAttempt(fixture, { outcome: 'unknown' }),
  },
  {
    table: 'catch_attempt',
    constraint: 'attempt_command_known',
    guarantee: 'an attempt is a create, an info, a fee check or an RDAP query',
    violate: (fixture) => insertAttempt(fixture, { command: 'check' }),
  },
  {
    table: 'catch_attempt',
    constraint: 'attempt_outcome_known',
    guarantee: 'an attempt was answered, was not sent, or is ambiguous',
    violate: (fixture) => insertAttempt(fixture, { outcome: 'perhaps', code: null }),
  },
  {
    table: 'catch_attempt',
    constraint: 'attempt_is_append_only',
    guarantee: 'evidence is never changed',
    violate: async (fixture) => {
      await insertAttempt(fixture)
      await sql`update catch_attempt set code = 1000`.execute(fixture.tx)
    },
  },
  {
    table: 'catch_attempt',
    constraint: 'attempt_is_never_truncated',
    guarantee: 'evidence cannot be truncated',
    violate: async (fixture) => {
      await insertAttempt(fixture)
      await sql`truncate catch_attempt`.execute(fixture.tx)
    },
  },
  {
    table: 'catch_attempt',
    constraint: 'first_and_deciding_attempt_stay',
    guarantee: 'removing attempts leaves the first, the deciding and the charged ones',
    violate: async (fixture) => {
      await insertAttempt(fixture)
      await deleteAttemptsDeeper(fixture)
    },
  },
  {
    table: 'attempt_removal',
    constraint: 'undecided_target_keeps_its_attempts',
    guarantee: 'attempts are removed only from decided targets',
    violate: (fixture) => insertRemoval(fixture),
  },
  {
    table: 'attempt_removal',
    constraint: 'attempts_max_positive',
    guarantee: 'a removal is of at least one attempt, and of a bounded number',
    backstops: [['attempt_removal', 'undecided_target_keeps_its_attempts']],
    violate: (fixture) => insertRemoval(fixture, { attemptsMax: 0 }),
  },
  {
    table: 'attempt_removal',
    constraint: 'removal_is_of_something',
    guarantee: 'a removal removed at least one attempt',
    backstops: [['attempt_removal', 'undecided_target_keeps_its_attempts']],
    violate: (fixture) => insertRemoval(fixture, { removed: 0 }),
  },
  {
    table: 'attempt_removal',
    constraint: 'removal_is_append_only',
    guarantee: 'the number of removed attempts never changes',
    backstops: [['attempt_removal', 'undecided_target_keeps_its_attempts']],
    violate: async (fixture) => {
      await insertRemoval(fixture)
      await sql`delete from attempt_removal`.execute(fixture.tx)
    },
  },
  {
    table: 'attempt_removal',
    constraint: 'removal_is_never_truncated',
    guarantee: 'the numbers of removed attempts cannot be truncated',
    violate: ({ tx }) => sql`truncate attempt_removal`.execute(tx),
  },
]

function insertRemoval(fixture: Fixture, { attemptsMax = 1, removed = 1 } = {}) {
  return sql`
    insert into attempt_removal (id, target_id, attempts_max, removed, first_sent_at, last_sent_at, removed_at)
    select ${fixture.ctx.newId()}, ${fixture.held.targetId}, ${attemptsMax}, ${removed}, at, at, at
    from (select clock_timestamp() as at) as clock`.execute(fixture.tx)
}

/** From within another trigger, where `attempt_is_append_only` does not apply. */
async function deleteAttemptsDeeper({ tx }: Fixture) {
  await sql`create temp table careless (id integer) on commit drop`.execute(tx)
  await sql`create function pg_temp.delete_attempts() returns trigger language plpgsql as
    $$ begin delete from catch_attempt; return new; end $$`.execute(tx)
  await sql`create trigger careless before insert on careless for each row execute function pg_temp.delete_attempts()`.execute(
    tx,
  )
  await sql`insert into careless values (1)`.execute(tx)
}

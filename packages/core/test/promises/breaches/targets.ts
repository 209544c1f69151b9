import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import { insertAttempt } from '../rows.ts'
import type { Scene } from '../scene.ts'

export const targetBreaches: readonly Breach[] = [
  {
    table: 'catch_target',
    keeper: 'one_target_per_backorder',
    promise: 'a backorder is fought for as one target',
    deed: ({ tx, ctx }) =>
      sql`insert into catch_target (id, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to,
          grace_until, fee_max_minor, fee_currency, armed_at)
        select ${ctx.newId()}, listing_id, backorder_id, registry_id, name, state, ordered_at, drop_from, drop_to,
          grace_until, fee_max_minor, fee_currency, armed_at from catch_target`.execute(tx),
  },
  {
    table: 'catch_target',
    keeper: 'catch_target_state_known',
    promise: 'a target is in a state of its machine',
    deed: ({ tx }) => sql`update catch_target set state = 'asleep'`.execute(tx),
  },
  {
    table: 'catch_target',
    keeper: 'target_window_ordered',
    promise: 'the grace of a target ends after its window',
    deed: ({ tx }) => sql`update catch_target set grace_until = drop_to - interval '1 second'`.execute(tx),
  },
  {
    table: 'catch_target',
    keeper: 'decided_target_has_time',
    promise: 'a decided target tells when, and only that',
    deed: ({ tx }) => sql`update catch_target set state = 'lost'`.execute(tx),
  },
  {
    table: 'catch_target',
    keeper: 'only_registered_has_cr_date',
    promise: 'a target is registered with a creation date told by the registry, and only then',
    deed: ({ tx }) =>
      sql`update catch_target set state = 'registered', decided_at = clock_timestamp()`.execute(tx),
  },
  {
    table: 'catch_target',
    keeper: 'a_win_is_newer_than_the_deleted',
    promise: 'a win is a registration newer than the deleted one',
    deed: ({ tx }) =>
      sql`update catch_target set state = 'registered', decided_at = clock_timestamp(),
        prior_cr_date = '2020-01-01Z', cr_date = '2020-01-01Z'`.execute(tx),
  },
  {
    table: 'catch_target',
    keeper: 'target_basis_known',
    promise: 'what showed the end of a target is one of a few things',
    deed: ({ tx }) =>
      sql`update catch_target set state = 'lost', decided_at = clock_timestamp(), decided_basis = 'hearsay'`.execute(
        tx,
      ),
  },
  {
    table: 'catch_target',
    keeper: 'only_decided_has_basis',
    promise: 'what is undecided was shown by nothing',
    deed: ({ tx }) => sql`update catch_target set decided_basis = 'info'`.execute(tx),
  },
  {
    table: 'catch_attempt',
    keeper: 'catch_attempt_pkey',
    promise: 'an attempt is evidence once',
    deed: async (scene) => {
      await insertAttempt(scene)
      await insertAttempt(scene)
    },
  },
  {
    table: 'catch_attempt',
    keeper: 'answered_attempt_has_code',
    promise: 'an attempt has a code if it was answered, and only then',
    deed: (scene) => insertAttempt(scene, { outcome: 'unknown' }),
  },
  {
    table: 'catch_attempt',
    keeper: 'attempt_command_known',
    promise: 'an attempt is a create, an info, a fee check or a look at RDAP',
    deed: (scene) => insertAttempt(scene, { command: 'check' }),
  },
  {
    table: 'catch_attempt',
    keeper: 'attempt_outcome_known',
    promise: 'an attempt was answered, not sent, or is unknown',
    deed: (scene) => insertAttempt(scene, { outcome: 'perhaps', code: null }),
  },
  {
    table: 'catch_attempt',
    keeper: 'attempt_is_append_only',
    promise: 'evidence is never changed',
    deed: async (scene) => {
      await insertAttempt(scene)
      await sql`update catch_attempt set code = 1000`.execute(scene.tx)
    },
  },
  {
    table: 'catch_attempt',
    keeper: 'attempt_is_never_truncated',
    promise: 'evidence is not thrown away at once',
    deed: async (scene) => {
      await insertAttempt(scene)
      await sql`truncate catch_attempt`.execute(scene.tx)
    },
  },
  {
    table: 'catch_attempt',
    keeper: 'first_and_deciding_attempt_stay',
    promise: 'whatever removes attempts leaves the first, the deciding one and what was charged',
    deed: async (scene) => {
      await insertAttempt(scene)
      await deleteAttemptsDeeper(scene)
    },
  },
  {
    table: 'attempt_removal',
    keeper: 'undecided_target_keeps_its_attempts',
    promise: 'attempts are removed of decided targets only',
    deed: (scene) => insertRemoval(scene),
  },
  {
    table: 'attempt_removal',
    keeper: 'attempts_max_positive',
    promise: 'a removal is of at least one attempt, and of a bounded number',
    backstops: [['attempt_removal', 'undecided_target_keeps_its_attempts']],
    deed: (scene) => insertRemoval(scene, { attemptsMax: 0 }),
  },
  {
    table: 'attempt_removal',
    keeper: 'removal_is_of_something',
    promise: 'a removal is of attempts that there were',
    backstops: [['attempt_removal', 'undecided_target_keeps_its_attempts']],
    deed: (scene) => insertRemoval(scene, { removed: 0 }),
  },
  {
    table: 'attempt_removal',
    keeper: 'removal_is_append_only',
    promise: 'how many attempts were removed is never changed',
    backstops: [['attempt_removal', 'undecided_target_keeps_its_attempts']],
    deed: async (scene) => {
      await insertRemoval(scene)
      await sql`delete from attempt_removal`.execute(scene.tx)
    },
  },
  {
    table: 'attempt_removal',
    keeper: 'removal_is_never_truncated',
    promise: 'how many attempts were removed is not forgotten at once',
    deed: ({ tx }) => sql`truncate attempt_removal`.execute(tx),
  },
]

function insertRemoval(scene: Scene, { attemptsMax = 1, removed = 1 } = {}) {
  return sql`
    insert into attempt_removal (id, target_id, attempts_max, removed, first_sent_at, last_sent_at, removed_at)
    select ${scene.ctx.newId()}, ${scene.held.targetId}, ${attemptsMax}, ${removed}, at, at, at
    from (select clock_timestamp() as at) as clock`.execute(scene.tx)
}

/** From within another trigger, where `attempt_is_append_only` does not look. */
async function deleteAttemptsDeeper({ tx }: Scene) {
  await sql`create temp table careless (id integer) on commit drop`.execute(tx)
  await sql`create function pg_temp.delete_attempts() returns trigger language plpgsql as
    $$ begin delete from catch_attempt; return new; end $$`.execute(tx)
  await sql`create trigger careless before insert on careless for each row execute function pg_temp.delete_attempts()`.execute(
    tx,
  )
  await sql`insert into careless values (1)`.execute(tx)
}

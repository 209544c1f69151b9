import { sql } from 'kysely'
import { REGISTRY, REGISTRY_ACCOUNT } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

export const tryViolations: readonly Violation[] = [
  {
    table: 'release_order',
    constraint: 'one_place_per_listing',
    guarantee: 'a name has one place in its batch',
    violate: async ({ tx, held }) => {
      for (const roid of ['R-1', 'R-2'])
        await sql`insert into release_order (listing_id, roid, asked_at)
          values (${held.listingId}, ${roid}, clock_timestamp())`.execute(tx)
    },
  },
  {
    table: 'release_order',
    constraint: 'an_update_is_of_an_object',
    guarantee: 'only a registration that the registry showed has a time of update',
    violate: ({ tx, held }) =>
      sql`insert into release_order (listing_id, updated_at, asked_at)
        values (${held.listingId}, clock_timestamp(), clock_timestamp())`.execute(tx),
  },
  {
    table: 'target_try',
    constraint: 'one_try_per_account',
    guarantee: 'an account tries a target once',
    violate: async (fixture) => {
      await insertTry(fixture, REGISTRY_ACCOUNT)
      await insertTry(fixture, REGISTRY_ACCOUNT)
    },
  },
  {
    table: 'target_try',
    constraint: 'target_try_state_known',
    guarantee: 'a try is in a state of its machine',
    violate: (fixture) => insertTry(fixture, REGISTRY_ACCOUNT, { state: 'asleep' }),
  },
  {
    table: 'target_try',
    constraint: 'ended_try_has_outcome',
    guarantee: 'a try has an outcome exactly if it has ended',
    violate: (fixture) => insertTry(fixture, REGISTRY_ACCOUNT, { outcome: 'lost' }),
  },
  {
    table: 'target_try',
    constraint: 'try_outcome_known',
    guarantee: 'a try ends without the name in one of the known ways: a win ends the target',
    violate: (fixture) => insertTry(fixture, REGISTRY_ACCOUNT, { state: 'ended', outcome: 'registered' }),
  },
  {
    table: 'target_try',
    constraint: 'try_basis_known',
    guarantee: 'the basis of a verdict is known',
    violate: (fixture) =>
      insertTry(fixture, REGISTRY_ACCOUNT, { state: 'ended', outcome: 'lost', basis: 'hearsay' }),
  },
  {
    table: 'catch_target',
    constraint: 'a_loss_is_certain',
    refusesAs: 'a_loss_ends_every_try',
    guarantee: 'no target ends as lost while another account of ours may hold the name',
    violate: async (fixture) => {
      await insertSecond(fixture)
      await insertTry(fixture, 'second', { state: 'ambiguous' })
      await endTarget(fixture, 'presumed', null)
    },
  },
  {
    table: 'catch_target',
    constraint: 'a_loss_is_certain',
    refusesAs: 'a_lost_name_is_held_by_others',
    guarantee: 'a name that another account of ours holds is not lost',
    violate: async (fixture) => {
      await insertSecond(fixture)
      await endTarget(fixture, 'info', 'second')
    },
  },
]

function insertSecond({ tx }: Fixture) {
  return sql`insert into registry_account (id, registry_id, clid) values ('second', ${REGISTRY}, 'second')`.execute(
    tx,
  )
}

type Try = { readonly state: string; readonly outcome: string | null; readonly basis: string | null }

function insertTry({ tx, held }: Fixture, accountId: string, values: Partial<Try> = {}) {
  const { state = 'firing', outcome = null, basis = null } = values
  return sql`insert into target_try (target_id, registry_account_id, arming, state, changed_at, outcome, basis)
    values (${held.targetId}, ${accountId}, 1, ${state}, now(), ${outcome}, ${basis})`.execute(tx)
}

function endTarget({ tx, held }: Fixture, basis: string, holderClid: string | null) {
  return sql`update catch_target set state = 'lost', decided_at = now(), decided_by = ${REGISTRY_ACCOUNT}, decided_basis = ${basis},
    holder_clid = ${holderClid}, winner_created_at = ${holderClid === null ? null : new Date()} where id = ${held.targetId}`.execute(
    tx,
  )
}

import { sql } from 'kysely'
import { REGISTRY, REGISTRY_ACCOUNT } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

export const registryStopViolations: readonly Violation[] = [
  {
    table: 'registry_stop',
    constraint: 'one_open_stop_per_registry',
    guarantee: 'a registry is stopped once at a time',
    violate: async (fixture) => {
      await insertStop(fixture)
      await insertStop(fixture)
    },
  },
  {
    table: 'registry_stop',
    constraint: 'ended_stop_says_why',
    guarantee: 'a stop that has ended says who ended it, and why',
    violate: async (fixture) => {
      await insertStop(fixture)
      await sql`update registry_stop set ended_at = now()`.execute(fixture.tx)
    },
  },
  {
    table: 'registry_stop',
    constraint: 'a_drop_is_stopped_by_two',
    guarantee: 'while a paid name of the registry is in its window two people stop it',
    violate: async (fixture) => {
      await sql`
        update catch_target set drop_from = now() - interval '1 minute', drop_to = now() + interval '1 minute',
          grace_until = now() + interval '1 hour'`.execute(fixture.tx)
      await insertStop(fixture)
    },
  },
  {
    table: 'registry_maintenance',
    constraint: 'maintenance_ends_later',
    guarantee: 'a maintenance ends after it has begun',
    violate: (fixture) => insertMaintenance(fixture, { hours: 0 }),
  },
  {
    table: 'registry_maintenance',
    constraint: 'one_maintenance_per_external_id',
    guarantee: 'a maintenance that a registry numbers is there once',
    violate: async (fixture) => {
      await insertMaintenance(fixture)
      await insertMaintenance(fixture)
    },
  },
  {
    table: 'registry_message',
    constraint: 'message_kind_known',
    guarantee: 'the kind of a message is known',
    violate: ({ tx }) =>
      sql`insert into registry_message (registry_account_id, message_id, received_at, text, evidence, kind)
        values (${REGISTRY_ACCOUNT}, '1', now(), 'a text', '<epp/>', 'gossip')`.execute(tx),
  },
]

function insertStop({ tx, ctx }: Fixture) {
  return sql`insert into registry_stop (id, registry_id, reason, stopped_at, stopped_by)
    values (${ctx.newId()}, ${REGISTRY}, 'a reason', now(), 'somebody')`.execute(tx)
}

function insertMaintenance({ tx, ctx }: Fixture, { hours } = { hours: 1 }) {
  return sql`insert into registry_maintenance (id, registry_id, starts_at, ends_at, note, external_id, noted_at, noted_by)
    values (${ctx.newId()}, ${REGISTRY}, now(), now() + make_interval(hours => ${hours}), 'a note', 'm-1', now(), 'somebody')`.execute(
    tx,
  )
}

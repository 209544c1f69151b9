import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

const event = ({ tx, ctx, buyer, held }: Fixture, row: { topic?: string; position?: number } = {}) =>
  sql`insert into event (id, topic, account_id, subject_id, data, position) values (${ctx.newId()},
    ${row.topic ?? 'backorder.secured'}, ${buyer.actor.accountId}, ${held.backorderId}, '{}', ${row.position ?? null})`.execute(
    tx,
  )

const receiver = ({ tx, ctx }: Fixture, row: { kind?: string; topics?: string } = {}) =>
  sql`insert into event_receiver (id, kind, address, topics)
    values (${ctx.newId()}, ${row.kind ?? 'mail'}, 'ops@example.test', ${row.topics ?? '{backorder.secured}'})`.execute(
    tx,
  )

const deliver = async (fixture: Fixture, set = sql`set attempts = attempts`) => {
  await receiver(fixture)
  await sql`insert into event_delivery (event_id, receiver_id)
    select event.id, receiver.id from event, event_receiver as receiver where topic = 'backorder.secured'`.execute(
    fixture.tx,
  )
  await sql`update event_delivery ${set}`.execute(fixture.tx)
}

export const eventViolations: readonly Violation[] = [
  {
    table: 'event',
    constraint: 'event_topic_known',
    guarantee: 'an event has a topic that receivers know',
    violate: (fixture) => event(fixture, { topic: 'backorder.odd' }),
  },
  {
    table: 'event',
    constraint: 'only_alarms_are_of_no_account',
    guarantee: 'what concerns an account is of that account, and alarms are of none',
    violate: (fixture) => event(fixture, { topic: 'alarm.opened' }),
  },
  {
    table: 'event',
    constraint: 'one_event_per_position',
    guarantee: 'a position is of one event',
    violate: async (fixture) => {
      await event(fixture, { position: 7 })
      await event(fixture, { position: 7 })
    },
  },
  {
    table: 'event',
    constraint: 'event_is_final',
    guarantee: 'what happened does not change',
    violate: ({ tx }) =>
      sql`update event set data = '{}', position = 7 where topic = 'backorder.secured'`.execute(tx),
  },
  {
    table: 'event',
    constraint: 'event_is_final',
    guarantee: 'an event keeps its position',
    violate: async (fixture) => {
      await event(fixture, { position: 7 })
      await sql`update event set position = 8 where position = 7`.execute(fixture.tx)
    },
  },
  {
    table: 'event_feed',
    constraint: 'one_event_feed',
    guarantee: 'there is one feed',
    violate: ({ tx }) => sql`insert into event_feed (id) values (false)`.execute(tx),
  },
  {
    table: 'event_feed',
    constraint: 'pruned_events_were_numbered',
    guarantee: 'nothing is pruned that no reader could have read',
    violate: ({ tx }) => sql`update event_feed set pruned_position = last_position + 1`.execute(tx),
  },
  {
    table: 'event_receiver',
    constraint: 'receiver_kind_known',
    guarantee: 'a receiver is of a kind that something sends to',
    violate: (fixture) => receiver(fixture, { kind: 'pigeon' }),
  },
  {
    table: 'event_receiver',
    constraint: 'receiver_wants_a_topic',
    guarantee: 'a receiver wants some topic',
    violate: (fixture) => receiver(fixture, { topics: '{}' }),
  },
  {
    table: 'event_receiver',
    constraint: 'one_live_receiver_per_address',
    guarantee: 'nobody is told twice at one address',
    violate: async (fixture) => {
      await receiver(fixture)
      await receiver(fixture)
    },
  },
  {
    table: 'event_delivery',
    constraint: 'one_delivery_per_receiver',
    guarantee: 'an event is planned once for a receiver',
    violate: async (fixture) => {
      await deliver(fixture)
      await sql`insert into event_delivery (event_id, receiver_id) select event_id, receiver_id from event_delivery`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'event_delivery',
    constraint: 'delivery_state_known',
    guarantee: 'a delivery is in a state of its machine',
    violate: (fixture) => deliver(fixture, sql`set state = 'odd', decided_at = clock_timestamp()`),
  },
  {
    table: 'event_delivery',
    constraint: 'decided_delivery_has_time',
    guarantee: 'a delivery that has ended says when',
    violate: (fixture) => deliver(fixture, sql`set state = 'delivered'`),
  },
  {
    table: 'event_delivery',
    constraint: 'delivery_attempts_not_negative',
    guarantee: 'attempts are counted upwards',
    violate: (fixture) => deliver(fixture, sql`set attempts = -1`),
  },
]

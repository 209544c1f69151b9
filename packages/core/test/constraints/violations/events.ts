import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'
import { insertForeign } from './sub-accounts.ts'

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
    guarantee: 'an event has a known topic',
    violate: (fixture) => event(fixture, { topic: 'backorder.odd' }),
  },
  {
    table: 'event',
    constraint: 'only_alarms_are_of_no_account',
    guarantee: 'an event about an account has that account, and an alarm has none',
    violate: (fixture) => event(fixture, { topic: 'alarm.opened' }),
  },
  {
    table: 'event',
    constraint: 'event_is_of_own_sub_account',
    guarantee: "an event is not of another account's sub-account, whose keys would read it",
    violate: async (fixture) => {
      const subAccountId = await insertForeign(fixture)
      await sql`insert into event (id, topic, account_id, sub_account_id, subject_id, data)
        select ${fixture.ctx.newId()}, topic, account_id, ${subAccountId}, subject_id, data from event limit 1`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'event',
    constraint: 'one_event_per_position',
    guarantee: 'a position belongs to one event',
    violate: async (fixture) => {
      await event(fixture, { position: 7 })
      await event(fixture, { position: 7 })
    },
  },
  {
    table: 'event',
    constraint: 'event_is_final',
    guarantee: 'an event never changes',
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
    guarantee: 'only events with a position are pruned',
    violate: ({ tx }) => sql`update event_feed set pruned_position = last_position + 1`.execute(tx),
  },
  {
    table: 'event_receiver',
    constraint: 'receiver_kind_known',
    guarantee: 'a receiver has a known kind',
    violate: (fixture) => receiver(fixture, { kind: 'pigeon' }),
  },
  {
    table: 'event_receiver',
    constraint: 'receiver_wants_a_topic',
    guarantee: 'a receiver has at least one topic',
    violate: (fixture) => receiver(fixture, { topics: '{}' }),
  },
  {
    table: 'event_receiver',
    constraint: 'one_live_receiver_per_address',
    guarantee: 'an address has one receiver',
    violate: async (fixture) => {
      await receiver(fixture)
      await receiver(fixture)
    },
  },
  {
    table: 'event_delivery',
    constraint: 'one_delivery_per_receiver',
    guarantee: 'an event has one delivery for each receiver',
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
    guarantee: 'a delivery has an end time exactly if it has ended',
    violate: (fixture) => deliver(fixture, sql`set state = 'delivered'`),
  },
  {
    table: 'event_delivery',
    constraint: 'delivery_attempts_not_negative',
    guarantee: 'the number of attempts is not negative',
    violate: (fixture) => deliver(fixture, sql`set attempts = -1`),
  },
]

import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

const event = ({ tx, ctx, buyer, held }: Scene, row: { topic?: string; position?: number } = {}) =>
  sql`insert into event (id, topic, account_id, subject_id, data, position) values (${ctx.newId()},
    ${row.topic ?? 'backorder.secured'}, ${buyer.actor.accountId}, ${held.backorderId}, '{}', ${row.position ?? null})`.execute(
    tx,
  )

const receiver = ({ tx, ctx }: Scene, row: { kind?: string; topics?: string } = {}) =>
  sql`insert into event_receiver (id, kind, address, topics)
    values (${ctx.newId()}, ${row.kind ?? 'mail'}, 'ops@example.test', ${row.topics ?? '{backorder.secured}'})`.execute(
    tx,
  )

const deliver = async (scene: Scene, set = sql`set attempts = attempts`) => {
  await receiver(scene)
  await sql`insert into event_delivery (event_id, receiver_id)
    select event.id, receiver.id from event, event_receiver as receiver where topic = 'backorder.secured'`.execute(
    scene.tx,
  )
  await sql`update event_delivery ${set}`.execute(scene.tx)
}

export const eventBreaches: readonly Breach[] = [
  {
    table: 'event',
    keeper: 'event_topic_known',
    promise: 'an event has a topic that receivers know',
    deed: (scene) => event(scene, { topic: 'backorder.odd' }),
  },
  {
    table: 'event',
    keeper: 'only_alarms_are_of_no_account',
    promise: 'what concerns an account is of that account, and alarms are of none',
    deed: (scene) => event(scene, { topic: 'alarm.opened' }),
  },
  {
    table: 'event',
    keeper: 'one_event_per_position',
    promise: 'a position is of one event',
    deed: async (scene) => {
      await event(scene, { position: 7 })
      await event(scene, { position: 7 })
    },
  },
  {
    table: 'event',
    keeper: 'event_is_final',
    promise: 'what happened does not change',
    deed: ({ tx }) =>
      sql`update event set data = '{}', position = 7 where topic = 'backorder.secured'`.execute(tx),
  },
  {
    table: 'event',
    keeper: 'event_is_final',
    promise: 'an event keeps its position',
    deed: async (scene) => {
      await event(scene, { position: 7 })
      await sql`update event set position = 8 where position = 7`.execute(scene.tx)
    },
  },
  {
    table: 'event_feed',
    keeper: 'one_event_feed',
    promise: 'there is one feed',
    deed: ({ tx }) => sql`insert into event_feed (id) values (false)`.execute(tx),
  },
  {
    table: 'event_feed',
    keeper: 'pruned_events_were_numbered',
    promise: 'nothing is pruned that no reader could have read',
    deed: ({ tx }) => sql`update event_feed set pruned_position = last_position + 1`.execute(tx),
  },
  {
    table: 'event_receiver',
    keeper: 'receiver_kind_known',
    promise: 'a receiver is of a kind that something sends to',
    deed: (scene) => receiver(scene, { kind: 'pigeon' }),
  },
  {
    table: 'event_receiver',
    keeper: 'receiver_wants_a_topic',
    promise: 'a receiver wants some topic',
    deed: (scene) => receiver(scene, { topics: '{}' }),
  },
  {
    table: 'event_receiver',
    keeper: 'one_live_receiver_per_address',
    promise: 'nobody is told twice at one address',
    deed: async (scene) => {
      await receiver(scene)
      await receiver(scene)
    },
  },
  {
    table: 'event_delivery',
    keeper: 'one_delivery_per_receiver',
    promise: 'an event is planned once for a receiver',
    deed: async (scene) => {
      await deliver(scene)
      await sql`insert into event_delivery (event_id, receiver_id) select event_id, receiver_id from event_delivery`.execute(
        scene.tx,
      )
    },
  },
  {
    table: 'event_delivery',
    keeper: 'delivery_state_known',
    promise: 'a delivery is in a state of its machine',
    deed: (scene) => deliver(scene, sql`set state = 'odd', decided_at = clock_timestamp()`),
  },
  {
    table: 'event_delivery',
    keeper: 'decided_delivery_has_time',
    promise: 'a delivery that has ended says when',
    deed: (scene) => deliver(scene, sql`set state = 'delivered'`),
  },
  {
    table: 'event_delivery',
    keeper: 'delivery_attempts_not_negative',
    promise: 'attempts are counted upwards',
    deed: (scene) => deliver(scene, sql`set attempts = -1`),
  },
]

import { type RawBuilder, sql } from 'kysely'
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

/** An account's endpoint, of which something is changed. */
const endpoint = async ({ tx, ctx, buyer }: Fixture, { set }: { readonly set: RawBuilder<unknown> }) => {
  await sql`insert into event_receiver (id, kind, account_id, address, topics, secret_salt, secret_key_id)
    values (${ctx.newId()}, 'webhook', ${buyer.actor.accountId}, 'https://example.test/', '{backorder.secured}', '\\x07', 'a key')`.execute(
    tx,
  )
  await sql`update event_receiver set ${set} where account_id is not null`.execute(tx)
}

const queue = async (fixture: Fixture, set: RawBuilder<unknown>) => {
  await receiver(fixture)
  await sql`insert into receiver_queue (receiver_id) select id from event_receiver`.execute(fixture.tx)
  await sql`update receiver_queue set ${set}`.execute(fixture.tx)
}

const attempt = async (fixture: Fixture, { number = 1, durationMs = 1, times = 1 } = {}) => {
  await deliver(fixture)
  for (let time = 0; time < times; time += 1)
    await sql`insert into delivery_attempt (delivery_id, number, attempted_at, duration_ms)
      select id, ${number}, clock_timestamp(), ${durationMs} from event_delivery`.execute(fixture.tx)
}

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
    constraint: 'only_alarms_and_lists_are_of_no_account',
    guarantee:
      'an event about an account has that account; an alarm has none, nor has what is for all accounts',
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
  {
    table: 'event_receiver',
    constraint: 'disabled_reason_known',
    guarantee: 'an endpoint is disabled for a known reason',
    violate: (fixture) =>
      endpoint(fixture, { set: sql`disabled_at = clock_timestamp(), disabled_reason = 'odd'` }),
  },
  {
    table: 'event_receiver',
    constraint: 'endpoint_has_secret',
    guarantee: "nothing is sent to an account's endpoint without a secret of its own",
    violate: (fixture) =>
      sql`insert into event_receiver (id, kind, account_id, address, topics)
        values (${fixture.ctx.newId()}, 'webhook', ${fixture.buyer.actor.accountId}, 'https://example.test/', '{backorder.secured}')`.execute(
        fixture.tx,
      ),
  },
  {
    table: 'event_receiver',
    constraint: 'secret_has_key',
    guarantee: 'it is known which secret of the settings an endpoint has its secret from',
    violate: (fixture) => endpoint(fixture, { set: sql`secret_key_id = null` }),
  },
  {
    table: 'event_receiver',
    constraint: 'previous_secret_has_end',
    guarantee: 'the secret before a rotation ends',
    violate: (fixture) => endpoint(fixture, { set: sql`previous_secret_salt = secret_salt` }),
  },
  {
    table: 'event_receiver',
    constraint: 'previous_key_is_of_a_secret',
    guarantee: 'an endpoint names an earlier key only for a secret that it still has',
    violate: (fixture) => endpoint(fixture, { set: sql`previous_secret_key_id = 'a key'` }),
  },
  {
    table: 'event_receiver',
    constraint: 'only_endpoints_want_everything',
    guarantee: "an operators' receiver names its topics",
    violate: async (fixture) => {
      await receiver(fixture)
      await sql`update event_receiver set topics = null`.execute(fixture.tx)
    },
  },
  {
    table: 'event_receiver',
    constraint: 'disabled_endpoint_has_reason',
    guarantee: 'an account is notified why its endpoint is disabled',
    violate: (fixture) => endpoint(fixture, { set: sql`disabled_at = clock_timestamp()` }),
  },
  {
    table: 'event_receiver',
    constraint: 'deleted_receiver_is_disabled',
    guarantee: 'nothing is sent to an endpoint that is deleted',
    violate: (fixture) => endpoint(fixture, { set: sql`deleted_at = clock_timestamp()` }),
  },
  {
    table: 'receiver_queue',
    constraint: 'failing_receiver_has_start',
    guarantee: 'it is known since when a receiver fails',
    violate: (fixture) => queue(fixture, sql`failures = 1`),
  },
  {
    table: 'receiver_queue',
    constraint: 'only_failing_receivers_pause',
    guarantee: 'a receiver that takes what it is sent is never left alone',
    violate: (fixture) => queue(fixture, sql`not_before = clock_timestamp()`),
  },
  {
    table: 'delivery_attempt',
    constraint: 'attempt_number_from_one',
    guarantee: 'attempts are counted from one',
    violate: (fixture) => attempt(fixture, { number: 0 }),
  },
  {
    table: 'delivery_attempt',
    constraint: 'attempt_duration_not_negative',
    guarantee: 'no attempt ends before it begins',
    violate: (fixture) => attempt(fixture, { durationMs: -1 }),
  },
  {
    table: 'delivery_attempt',
    constraint: 'one_entry_per_attempt',
    guarantee: 'an attempt is logged once',
    violate: (fixture) => attempt(fixture, { times: 2 }),
  },
]

import { sql } from 'kysely'
import { raiseAlarms } from '../../../src/alarms/raise.ts'
import type { Fixture, Violation } from '../fixture.ts'

const insert = ({ tx, ctx }: Fixture, kind = 'deposit_empty') =>
  sql`insert into alarm (id, kind, subject, raised_at, last_seen_at)
    select ${ctx.newId()}, ${kind}, 'verisign-1', at, at from (select clock_timestamp() as at) as clock`.execute(
    tx,
  )

const raise = ({ ctx }: Fixture) => raiseAlarms(ctx, [{ kind: 'deposit_empty', subject: 'verisign-1' }])

export const alarmViolations: readonly Violation[] = [
  {
    table: 'worker_heartbeat',
    constraint: 'one_worker_heartbeat',
    guarantee: 'there is one heartbeat, of all workers together',
    violate: ({ tx }) =>
      sql`insert into worker_heartbeat (id, at) values ('another', clock_timestamp())`.execute(tx),
  },
  {
    table: 'alarm',
    constraint: 'one_open_alarm_per_subject',
    guarantee: 'one alarm of a kind and subject is open at a time',
    violate: async (fixture) => {
      await insert(fixture)
      await insert(fixture)
    },
  },
  {
    table: 'alarm',
    constraint: 'alarm_kind_known',
    guarantee: 'an alarm has a known kind',
    violate: (fixture) => insert(fixture, 'something_odd'),
  },
  {
    table: 'alarm',
    constraint: 'alarm_seen_after_raised',
    guarantee: 'an alarm is seen no earlier than it was raised',
    violate: async (fixture) => {
      await raise(fixture)
      await sql`update alarm set last_seen_at = raised_at - interval '1 second'`.execute(fixture.tx)
    },
  },
  {
    table: 'alarm',
    constraint: 'alarm_closed_by_person_says_how',
    guarantee: 'an alarm that a person closes has a note',
    violate: async (fixture) => {
      await raise(fixture)
      await sql`update alarm set closed_at = clock_timestamp(), closed_by = ${fixture.staffId}`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'alarm',
    constraint: 'alarm_closer_has_time',
    guarantee: 'an alarm that a person closed is closed',
    violate: async (fixture) => {
      await raise(fixture)
      await sql`update alarm set closed_by = ${fixture.staffId}, note = 'done'`.execute(fixture.tx)
    },
  },
]

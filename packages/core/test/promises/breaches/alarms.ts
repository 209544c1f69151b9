import { sql } from 'kysely'
import { raiseAlarms } from '../../../src/alarms/raise.ts'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

const insert = ({ tx, ctx }: Scene, kind = 'deposit_empty') =>
  sql`insert into alarm (id, kind, subject, raised_at, last_seen_at)
    select ${ctx.newId()}, ${kind}, 'verisign-1', at, at from (select clock_timestamp() as at) as clock`.execute(
    tx,
  )

const raise = ({ ctx }: Scene) => raiseAlarms(ctx, [{ kind: 'deposit_empty', subject: 'verisign-1' }])

export const alarmBreaches: readonly Breach[] = [
  {
    table: 'worker_heartbeat',
    keeper: 'one_worker_heartbeat',
    promise: 'there is one heartbeat, so that any worker at work ends the silence',
    deed: ({ tx }) =>
      sql`insert into worker_heartbeat (id, at) values ('another', clock_timestamp())`.execute(tx),
  },
  {
    table: 'alarm',
    keeper: 'one_open_alarm_per_subject',
    promise: 'one alarm of a kind and subject is open at a time',
    deed: async (scene) => {
      await insert(scene)
      await insert(scene)
    },
  },
  {
    table: 'alarm',
    keeper: 'alarm_kind_known',
    promise: 'an alarm is of a kind that somebody knows what to do about',
    deed: (scene) => insert(scene, 'something_odd'),
  },
  {
    table: 'alarm',
    keeper: 'alarm_seen_after_raised',
    promise: 'an alarm is seen no earlier than it was raised',
    deed: async (scene) => {
      await raise(scene)
      await sql`update alarm set last_seen_at = raised_at - interval '1 second'`.execute(scene.tx)
    },
  },
  {
    table: 'alarm',
    keeper: 'alarm_closed_by_person_says_how',
    promise: 'who closes an alarm says how it was dealt with',
    deed: async (scene) => {
      await raise(scene)
      await sql`update alarm set closed_at = clock_timestamp(), closed_by = ${scene.staffId}`.execute(
        scene.tx,
      )
    },
  },
  {
    table: 'alarm',
    keeper: 'alarm_closer_has_time',
    promise: 'an alarm that a person closed is closed',
    deed: async (scene) => {
      await raise(scene)
      await sql`update alarm set closed_by = ${scene.staffId}, note = 'done'`.execute(scene.tx)
    },
  },
]

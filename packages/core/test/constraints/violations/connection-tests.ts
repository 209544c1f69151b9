import { sql } from 'kysely'
import { REGISTRY_ACCOUNT } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

export const connectionTestViolations: readonly Violation[] = [
  {
    table: 'connection_test',
    constraint: 'connection_test_state_known',
    guarantee: 'a test of a connection is in a state of its machine',
    violate: (fixture) => insertTest(fixture, { state: 'asleep' }),
  },
  {
    table: 'connection_test',
    constraint: 'connection_step_known',
    guarantee: 'a test of a connection is at a step that there is',
    violate: (fixture) => insertTest(fixture, { state: 'running', step: 'lunch' }),
  },
  {
    table: 'connection_test',
    constraint: 'decided_connection_test_has_time',
    guarantee: 'a test of a connection has a time exactly if it is decided',
    violate: (fixture) => insertTest(fixture, { state: 'succeeded' }),
  },
  {
    table: 'connection_test',
    constraint: 'failed_connection_test_says_why',
    guarantee: 'a failed test of a connection names its step and why',
    violate: (fixture) => insertTest(fixture, { state: 'failed', step: 'login', decidedAt: new Date(0) }),
  },
  {
    table: 'connection_test',
    constraint: 'one_open_connection_test',
    guarantee: 'the connection of an account is tested once at a time',
    violate: async (fixture) => {
      await insertTest(fixture)
      await insertTest(fixture, { state: 'running' })
    },
  },
]

type Values = { readonly state?: string; readonly step?: string; readonly decidedAt?: Date }

function insertTest({ tx, ctx }: Fixture, { state = 'requested', step, decidedAt }: Values = {}) {
  return sql`insert into connection_test (id, registry_account_id, state, step, requested_at, requested_by, decided_at)
    values (${ctx.newId()}, ${REGISTRY_ACCOUNT}, ${state}, ${step ?? null}, now(), 'somebody', ${decidedAt ?? null})`.execute(
    tx,
  )
}

import { type RawBuilder, sql } from 'kysely'
import { REGISTRY_ACCOUNT } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

const halves = [
  ['account_sessions_are_whole', 'open sessions are known with how many are allowed', sql`sessions_open = 1`],
  ['drop_sessions_are_whole', 'those of the drop too', sql`drop_sessions_open = 1`],
  ['refused_login_has_code', 'a refused login has its code', sql`login_refused_at = now()`],
  ['creates_budget_is_whole', 'used creates are known with the budget', sql`creates_used = 1`],
  ['registry_clock_is_whole', 'a clock has the bound of its error', sql`clock_offset_ms = 1`],
  ['prepared_names_are_armed', 'only armed names are prepared', sql`prepared = 1`],
  ['account_phase_known', 'how an account is driven is known', sql`phase = 'idle'`],
] as const satisfies readonly (readonly [Violation['constraint'], string, RawBuilder<unknown>])[]

export const registryStatusViolations: readonly Violation[] = halves.map(
  ([constraint, guarantee, change]) => ({
    table: 'registry_account_status',
    constraint,
    guarantee,
    violate: async (fixture) => {
      await insertStatus(fixture)
      await sql`update registry_account_status set ${change}`.execute(fixture.tx)
    },
  }),
)

function insertStatus({ tx, ctx }: Fixture) {
  return sql`insert into registry_account_status (registry_account_id, lease_epoch, lease_owner, leased_at, phase, problems,
      commands_in_second, commands_in_minute, armed, prepared, firing, ambiguous, reported_at)
    values (${REGISTRY_ACCOUNT}, 1, ${ctx.newId()}, now(), 'driven', '{}', 0, 0, 0, 0, 0, 0, now())`.execute(
    tx,
  )
}

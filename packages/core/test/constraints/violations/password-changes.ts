import { sql } from 'kysely'
import { REGISTRY_ACCOUNT } from '../../support/world.ts'
import type { Fixture, Violation } from '../fixture.ts'

export const passwordChangeViolations: readonly Violation[] = [
  {
    table: 'registry_account',
    constraint: 'password_is_named',
    guarantee: 'the password of an account has a name, or is the one without',
    violate: ({ tx }) => sql`update registry_account set password_name = ''`.execute(tx),
  },
  {
    table: 'password_change',
    constraint: 'next_password_is_named',
    guarantee: 'a password is changed to one with a name',
    violate: (fixture) => insertChange(fixture, { toName: '' }),
  },
  {
    table: 'password_change',
    constraint: 'password_change_state_known',
    guarantee: 'a change of a password is in a state of its machine',
    violate: (fixture) => insertChange(fixture, { state: 'asleep' }),
  },
  {
    table: 'password_change',
    constraint: 'decided_password_change_has_time',
    guarantee: 'a change of a password has a time exactly if it is decided',
    violate: (fixture) => insertChange(fixture, { state: 'failed' }),
  },
  {
    table: 'password_change',
    constraint: 'one_open_password_change',
    guarantee: 'the password of an account is changed once at a time',
    violate: async (fixture) => {
      await insertChange(fixture)
      await insertChange(fixture, { state: 'sent' })
    },
  },
]

function insertChange(
  { tx, ctx }: Fixture,
  values: { readonly toName?: string; readonly state?: string } = {},
) {
  const { toName = 'next', state = 'requested' } = values
  return sql`insert into password_change (id, registry_account_id, to_name, state, requested_at, requested_by)
    values (${ctx.newId()}, ${REGISTRY_ACCOUNT}, ${toName}, ${state}, now(), 'somebody')`.execute(tx)
}

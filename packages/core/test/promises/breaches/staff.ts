import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

function openSession({ tx, ctx, staffId }: Scene, token: string) {
  return sql`
    insert into staff_session (id, staff_id, token_sha256, csrf_sha256, created_at, seen_at, idle_expires_at, expires_at)
    select ${ctx.newId()}, ${staffId}, ${Buffer.from(token)}, '', at, at, at, at
    from (select clock_timestamp() as at) as clock`.execute(tx)
}

export const staffBreaches: readonly Breach[] = [
  {
    table: 'staff_account',
    keeper: 'staff_email_unique',
    promise: 'an address is of one person',
    deed: ({ tx, ctx }) =>
      sql`insert into staff_account (id, email, name, roles, password_hash)
        select ${ctx.newId()}, email, name, roles, password_hash from staff_account limit 1`.execute(tx),
  },
  {
    table: 'staff_account',
    keeper: 'staff_email_is_lower',
    promise: 'an address is kept in lower case, so that it is found however it is typed',
    deed: ({ tx }) => sql`update staff_account set email = upper(email)`.execute(tx),
  },
  {
    table: 'staff_account',
    keeper: 'staff_roles_known',
    promise: 'a person has roles of the table, and at least one',
    deed: ({ tx }) => sql`update staff_account set roles = '{owner}'`.execute(tx),
  },
  {
    table: 'staff_account',
    keeper: 'failed_sign_ins_not_negative',
    promise: 'wrong passwords are counted up from none',
    deed: ({ tx }) => sql`update staff_account set failed_sign_ins = -1`.execute(tx),
  },
  {
    table: 'staff_session',
    keeper: 'staff_session_token_unique',
    promise: 'a token opens one session',
    deed: async (scene) => {
      await openSession(scene, 'token')
      await openSession(scene, 'token')
    },
  },
  {
    table: 'staff_session',
    keeper: 'session_ends_at_last',
    promise: 'use does not carry a session past its end',
    deed: async (scene) => {
      await openSession(scene, 'token')
      await sql`update staff_session set idle_expires_at = expires_at + interval '1 second'`.execute(scene.tx)
    },
  },
]

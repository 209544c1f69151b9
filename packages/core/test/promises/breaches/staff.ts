import { sql } from 'kysely'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

function openSession({ tx, ctx, staffId }: Scene, token: string) {
  return sql`
    insert into staff_session (id, staff_id, token_sha256, csrf_sha256, created_at, seen_at, idle_expires_at, expires_at)
    select ${ctx.newId()}, ${staffId}, ${Buffer.from(token)}, '', at, at, at, at
    from (select clock_timestamp() as at) as clock`.execute(tx)
}

const count = ({ tx }: Scene, scope = 'source', failures = 0) =>
  sql`insert into sign_in_count (scope, subject, failures, counted_at)
    values (${scope}, '192.0.2.1', ${failures}, clock_timestamp())`.execute(tx)

function knowDevices({ tx, staffId }: Scene, tokens: readonly string[]) {
  return sql`
    insert into staff_device (id, staff_id, token_sha256, created_at, used_at, expires_at)
    select gen_random_uuid(), ${staffId}, token::bytea, at, at, at + interval '1 day'
    from unnest(${tokens}::text[]) as token, clock_timestamp() as at`.execute(tx)
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
  {
    table: 'sign_in_count',
    keeper: 'sign_in_scope_known',
    promise: 'sign-ins are counted by where they come from and by the address they name',
    deed: (scene) => count(scene, 'planet'),
  },
  {
    table: 'sign_in_count',
    keeper: 'sign_in_failures_not_negative',
    promise: 'failed sign-ins are counted up from none',
    deed: (scene) => count(scene, 'source', -1),
  },
  {
    table: 'sign_in_count',
    keeper: 'one_sign_in_count_per_subject',
    promise: 'a source or an address is counted in one place',
    deed: async (scene) => {
      await count(scene)
      await count(scene)
    },
  },
  {
    table: 'staff_device',
    keeper: 'device_token_unique',
    promise: 'a token is of one device',
    deed: (scene) => knowDevices(scene, ['token', 'token']),
  },
  {
    table: 'staff_device',
    keeper: 'device_failures_not_negative',
    promise: 'wrong passwords of a device are counted up from none',
    deed: async (scene) => {
      await knowDevices(scene, ['token'])
      await sql`update staff_device set failures = -1`.execute(scene.tx)
    },
  },
  {
    table: 'staff_device',
    keeper: 'device_expires_after_use',
    promise: 'a device is known for some time after it was used',
    deed: async (scene) => {
      await knowDevices(scene, ['token'])
      await sql`update staff_device set expires_at = used_at`.execute(scene.tx)
    },
  },
  {
    table: 'staff_device',
    keeper: 'devices_within_limit',
    promise: 'a person has no more known devices than ten',
    deed: (scene) =>
      knowDevices(
        scene,
        Array.from({ length: 11 }, (_, index) => `token ${index}`),
      ),
  },
]

import { sql } from 'kysely'
import type { Fixture, Violation } from '../fixture.ts'

function openSession({ tx, ctx, staffId }: Fixture, token: string) {
  return sql`
    insert into staff_session (id, staff_id, token_sha256, csrf_sha256, created_at, seen_at, idle_expires_at, expires_at)
    select ${ctx.newId()}, ${staffId}, ${Buffer.from(token)}, '', at, at, at, at
    from (select clock_timestamp() as at) as clock`.execute(tx)
}

const count = ({ tx }: Fixture, scope = 'source', failures = 0) =>
  sql`insert into sign_in_count (scope, subject, failures, counted_at)
    values (${scope}, '192.0.2.1', ${failures}, clock_timestamp())`.execute(tx)

function knowDevices({ tx, staffId }: Fixture, tokens: readonly string[]) {
  return sql`
    insert into staff_device (id, staff_id, token_sha256, created_at, used_at, expires_at)
    select gen_random_uuid(), ${staffId}, token::bytea, at, at, at + interval '1 day'
    from unnest(${tokens}::text[]) as token, clock_timestamp() as at`.execute(tx)
}

function addTotp({ tx, ctx, staffId }: Fixture, usedStep: number | null, isConfirmed = usedStep !== null) {
  return sql`
    insert into staff_totp (id, staff_id, secret, key_id, created_at, confirmed_at, used_step)
    values (${ctx.newId()}, ${staffId}, '', '', clock_timestamp(), ${isConfirmed ? sql`clock_timestamp()` : null}, ${usedStep})`.execute(
    tx,
  )
}

function addChallenge({ tx, staffId }: Fixture, lasts: string) {
  return sql`
    insert into staff_challenge (token_sha256, staff_id, created_at, expires_at)
    select 'token', ${staffId}, at, at + ${lasts}::interval from clock_timestamp() as at`.execute(tx)
}

function addLink({ tx }: Fixture, staffId: string, lasts = '1 day') {
  return sql`
    insert into staff_link (staff_id, token_sha256, created_at, expires_at)
    select ${staffId}, 'token', at, at + ${lasts}::interval from clock_timestamp() as at`.execute(tx)
}

async function addAnother({ tx, ctx }: Fixture): Promise<string> {
  const id = ctx.newId()
  await sql`insert into staff_account (id, email, name, roles) values (${id}, ${id}, 'Another', '{viewer}')`.execute(
    tx,
  )
  return id
}

export const staffViolations: readonly Violation[] = [
  {
    table: 'staff_account',
    constraint: 'staff_email_unique',
    guarantee: 'an email address belongs to one person',
    violate: ({ tx, ctx }) =>
      sql`insert into staff_account (id, email, name, roles, password_hash)
        select ${ctx.newId()}, email, name, roles, password_hash from staff_account limit 1`.execute(tx),
  },
  {
    table: 'staff_account',
    constraint: 'staff_email_is_lower',
    guarantee: 'an email address is stored in lower case',
    violate: ({ tx }) => sql`update staff_account set email = upper(email)`.execute(tx),
  },
  {
    table: 'staff_account',
    constraint: 'staff_roles_known',
    guarantee: 'a person has at least one role, and only known ones',
    violate: ({ tx }) => sql`update staff_account set roles = '{owner}'`.execute(tx),
  },
  {
    table: 'staff_account',
    constraint: 'failed_sign_ins_not_negative',
    guarantee: 'the number of wrong passwords is not negative',
    violate: ({ tx }) => sql`update staff_account set failed_sign_ins = -1`.execute(tx),
  },
  {
    table: 'staff_session',
    constraint: 'staff_session_token_unique',
    guarantee: 'a token opens one session',
    violate: async (fixture) => {
      await openSession(fixture, 'token')
      await openSession(fixture, 'token')
    },
  },
  {
    table: 'staff_session',
    constraint: 'session_ends_at_last',
    guarantee: 'using a session does not extend it beyond its maximum',
    violate: async (fixture) => {
      await openSession(fixture, 'token')
      await sql`update staff_session set idle_expires_at = expires_at + interval '1 second'`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'sign_in_count',
    constraint: 'sign_in_scope_known',
    guarantee: 'sign-ins are counted by source or by email address',
    violate: (fixture) => count(fixture, 'planet'),
  },
  {
    table: 'sign_in_count',
    constraint: 'sign_in_failures_not_negative',
    guarantee: 'the number of failed sign-ins is not negative',
    violate: (fixture) => count(fixture, 'source', -1),
  },
  {
    table: 'sign_in_count',
    constraint: 'one_sign_in_count_per_subject',
    guarantee: 'a source or an email address has one count',
    violate: async (fixture) => {
      await count(fixture)
      await count(fixture)
    },
  },
  {
    table: 'staff_device',
    constraint: 'device_token_unique',
    guarantee: 'a token belongs to one device',
    violate: (fixture) => knowDevices(fixture, ['token', 'token']),
  },
  {
    table: 'staff_device',
    constraint: 'device_failures_not_negative',
    guarantee: 'the number of wrong passwords of a device is not negative',
    violate: async (fixture) => {
      await knowDevices(fixture, ['token'])
      await sql`update staff_device set failures = -1`.execute(fixture.tx)
    },
  },
  {
    table: 'staff_device',
    constraint: 'device_expires_after_use',
    guarantee: 'a device expires after it was used',
    violate: async (fixture) => {
      await knowDevices(fixture, ['token'])
      await sql`update staff_device set expires_at = used_at`.execute(fixture.tx)
    },
  },
  {
    table: 'staff_device',
    constraint: 'devices_within_limit',
    guarantee: 'a person has at most ten remembered devices',
    violate: (fixture) =>
      knowDevices(
        fixture,
        Array.from({ length: 11 }, (_, index) => `token ${index}`),
      ),
  },
  {
    table: 'staff_totp',
    constraint: 'one_totp_per_person',
    guarantee: 'a person has one second factor',
    violate: async (fixture) => {
      await addTotp(fixture, 1)
      await addTotp(fixture, 2)
    },
  },
  {
    table: 'staff_totp',
    constraint: 'one_pending_totp_per_person',
    guarantee: 'a person sets up one second factor at a time',
    violate: async (fixture) => {
      await addTotp(fixture, null)
      await addTotp(fixture, null)
    },
  },
  {
    table: 'staff_totp',
    constraint: 'used_step_is_of_confirmed',
    guarantee: 'a second factor is confirmed by a code, and by nothing else',
    violate: (fixture) => addTotp(fixture, null, true),
  },
  {
    table: 'staff_totp',
    constraint: 'totp_step_is_used_once',
    guarantee: 'a code that was used, or an earlier one, is never used again',
    violate: async (fixture) => {
      await addTotp(fixture, 7)
      await sql`update staff_totp set used_step = 7`.execute(fixture.tx)
    },
  },
  {
    table: 'staff_recovery_code',
    constraint: 'recovery_code_unique',
    guarantee: 'a recovery code of a person is stored once, so it is used once',
    violate: ({ tx, staffId }) =>
      sql`insert into staff_recovery_code (staff_id, code_sha256, created_at)
        select ${staffId}, 'code', clock_timestamp() from generate_series(1, 2)`.execute(tx),
  },
  {
    table: 'staff_challenge',
    constraint: 'challenge_token_unique',
    guarantee: 'a token continues one sign-in',
    violate: async (fixture) => {
      await addChallenge(fixture, '1 minute')
      await addChallenge(fixture, '1 minute')
    },
  },
  {
    table: 'staff_challenge',
    constraint: 'challenge_is_short',
    guarantee: 'the time between password and code is short',
    violate: (fixture) => addChallenge(fixture, '11 minutes'),
  },
  {
    table: 'staff_account',
    constraint: 'last_admin_stays',
    guarantee: 'one active admin stays',
    violate: async ({ tx, staffId }) => {
      await sql`update staff_account set roles = '{admin}' where id = ${staffId}`.execute(tx)
      await sql`update staff_account set disabled_at = clock_timestamp()`.execute(tx)
    },
  },
  {
    table: 'staff_account',
    constraint: 'identity_is_whole',
    guarantee: 'an identity is the subject of an issuer',
    violate: ({ tx }) => sql`update staff_account set identity_subject = 'ann'`.execute(tx),
  },
  {
    table: 'staff_account',
    constraint: 'one_person_per_identity',
    guarantee: 'an identity of the provider belongs to one person',
    violate: async (fixture) => {
      await addAnother(fixture)
      await sql`update staff_account set identity_issuer = 'https://id.test', identity_subject = 'ann'`.execute(
        fixture.tx,
      )
    },
  },
  {
    table: 'staff_link',
    constraint: 'one_link_per_person',
    guarantee: 'a person has one link to choose a password: the last one that was sent',
    backstops: [['staff_link', 'staff_link_token_unique']],
    violate: async (fixture) => {
      await addLink(fixture, fixture.staffId)
      await addLink(fixture, fixture.staffId)
    },
  },
  {
    table: 'staff_link',
    constraint: 'staff_link_token_unique',
    guarantee: 'a link is of one person',
    violate: async (fixture) => {
      await addLink(fixture, fixture.staffId)
      await addLink(fixture, await addAnother(fixture))
    },
  },
  {
    table: 'staff_link',
    constraint: 'staff_link_expires_within_a_week',
    guarantee: 'a link to choose a password expires within a week',
    violate: (fixture) => addLink(fixture, fixture.staffId, '8 days'),
  },
]

import { type RawBuilder, sql } from 'kysely'
import { givenMember } from '../../support/members.ts'
import type { Fixture, Violation } from '../fixture.ts'

const memberOf = async ({ ctx, buyer }: Fixture) =>
  (await givenMember(ctx, buyer.actor.accountId)).actor.memberId

/** Changes a person who owns the buyer's account. */
const changing = (change: RawBuilder<unknown>) => async (fixture: Fixture) =>
  sql`update member set ${change} where id = ${await memberOf(fixture)}`.execute(fixture.tx)

const invite = (fixture: Fixture, memberId: string, { email = 'b@example.com', role = 'buyer' } = {}) =>
  sql`insert into member_invitation (id, account_id, email, role, invited_by, created_at, expires_at)
    values (${fixture.ctx.newId()}, ${fixture.buyer.actor.accountId}, ${email}, ${role}, ${memberId}, now(), now())`.execute(
    fixture.tx,
  )

const signIn = ({ tx, ctx }: Fixture, memberId: string, token: string) =>
  sql`insert into member_session (id, token, member_id, expires_at, created_at, updated_at)
    values (${ctx.newId()}, ${token}, ${memberId}, now(), now(), now())`.execute(tx)

const credential = ({ tx, ctx }: Fixture, memberId: string, provider = 'credential') =>
  sql`insert into member_credential (id, member_id, subject, provider, created_at, updated_at)
    values (${ctx.newId()}, ${memberId}, ${memberId}, ${provider}, now(), now())`.execute(tx)

const sessionKey = ({ tx, ctx, buyer }: Fixture, sessionId: string, expiresAt: RawBuilder<unknown>) =>
  sql`insert into api_key (id, account_id, label, scopes, key_sha256, expires_at, session_id)
    values (${ctx.newId()}, ${buyer.actor.accountId}, 'Pages', array['listings:read'], uuid_send(gen_random_uuid()), ${expiresAt}, ${sessionId})`.execute(
    tx,
  )

const count = ({ tx, ctx }: Fixture) =>
  sql`insert into member_request_count (id, key, count, last_request) values (${ctx.newId()}, 'a source', 1, 0)`.execute(
    tx,
  )

export const memberViolations: readonly Violation[] = [
  {
    table: 'member',
    constraint: 'member_language_known',
    guarantee: 'a person reads a known language',
    violate: changing(sql`language = 'de'`),
  },
  {
    table: 'member',
    constraint: 'member_role_known',
    guarantee: 'a person has a known role',
    violate: async (fixture) => {
      await memberOf(fixture)
      const { actor } = await givenMember(fixture.ctx, fixture.buyer.actor.accountId, { role: 'viewer' })
      await sql`update member set role = 'admin' where id = ${actor.memberId}`.execute(fixture.tx)
    },
  },
  {
    table: 'member',
    constraint: 'member_has_a_name',
    guarantee: 'a person has a name, of one line of a mail',
    violate: changing(sql`name = ''`),
  },
  {
    table: 'member',
    constraint: 'member_email_unique',
    guarantee: 'an address is that of one person',
    violate: async ({ ctx, buyer }) => {
      for (let n = 0; n < 2; n += 1)
        await givenMember(ctx, buyer.actor.accountId, { email: 'same@example.com' })
    },
  },
  {
    table: 'member',
    constraint: 'member_email_is_lower_case',
    guarantee: 'an address is found however it is typed',
    violate: changing(sql`email = 'Anna@example.com'`),
  },
  {
    table: 'member',
    constraint: 'erased_member_has_no_account',
    guarantee: 'who is erased belongs to no account',
    violate: changing(sql`erased_at = now()`),
  },
  {
    table: 'member',
    constraint: 'member_of_account_has_role',
    guarantee: 'whoever belongs to an account has a role in it, and nobody else has one',
    backstops: [['member', 'account_of_members_has_owner']],
    violate: changing(sql`account_id = null`),
  },
  {
    table: 'member',
    constraint: 'only_verified_member_has_account',
    guarantee: 'nobody belongs to an account by an address that they have not confirmed',
    violate: changing(sql`email_verified = false`),
  },
  {
    table: 'member',
    constraint: 'account_of_members_has_owner',
    guarantee: 'an account that people belong to keeps an owner until it is closed',
    violate: changing(sql`account_id = null, role = null`),
  },
  {
    table: 'member_session',
    constraint: 'member_session_token_unique',
    guarantee: 'a token is that of one session',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      for (let n = 0; n < 2; n += 1) await signIn(fixture, id, 'same')
    },
  },
  {
    table: 'member_credential',
    constraint: 'member_credential_is_a_password',
    guarantee: 'people sign in by password alone',
    violate: async (fixture) => credential(fixture, await memberOf(fixture), 'elsewhere'),
  },
  {
    table: 'member_credential',
    constraint: 'one_password_per_member',
    guarantee: 'a person has one password',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      for (let n = 0; n < 2; n += 1) await credential(fixture, id)
    },
  },
  {
    table: 'member_invitation',
    constraint: 'invited_role_known',
    guarantee: 'an invitation gives a known role',
    violate: async (fixture) => invite(fixture, await memberOf(fixture), { role: 'admin' }),
  },
  {
    table: 'member_invitation',
    constraint: 'invited_email_is_lower_case',
    guarantee: 'an invited address is found however it is typed',
    violate: async (fixture) => invite(fixture, await memberOf(fixture), { email: 'B@example.com' }),
  },
  {
    table: 'member_invitation',
    constraint: 'one_invitation_per_address',
    guarantee: 'an account has one invitation to an address',
    violate: async (fixture) => {
      const id = await memberOf(fixture)
      for (let n = 0; n < 2; n += 1) await invite(fixture, id)
    },
  },
  {
    table: 'member_request_count',
    constraint: 'member_request_count_key_unique',
    guarantee: 'requests are counted together',
    violate: async (fixture) => {
      for (let n = 0; n < 2; n += 1) await count(fixture)
    },
  },
  {
    table: 'api_key',
    constraint: 'key_of_session_expires',
    guarantee: 'a session’s key expires',
    violate: (fixture) => sessionKey(fixture, fixture.ctx.newId(), sql`null`),
  },
  {
    table: 'api_key',
    constraint: 'session_has_one_key',
    guarantee: 'a session has one key that is not revoked',
    violate: async (fixture) => {
      const id = fixture.ctx.newId()
      for (let n = 0; n < 2; n += 1) await sessionKey(fixture, id, sql`now() + interval '1 minute'`)
    },
  },
]

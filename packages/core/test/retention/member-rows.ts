import { sql, type Transaction } from 'kysely'
import type { Database } from '../../src/database/tables.gen.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { givenMember } from '../support/members.ts'
import { givenAccount } from '../support/world.ts'
import { ago, type Simple } from './support.ts'

/** What is removed of people of accounts, their mails and what stands on their pages. */
export const ofMembers: readonly Simple[] = [
  [
    'unconfirmed_member',
    'member',
    async (ctx, days) => {
      const { actor } = await givenMember(ctx, ctx.newId(), { verified: false })
      return sql`update member set created_at = ${ago(days)} where id = ${actor.memberId}`.execute(ctx.db)
    },
  ],
  [
    'member_session',
    'member_session',
    async (ctx, days) => {
      const { actor } = await givenMember(ctx, (await givenAccount(ctx)).actor.accountId)
      return sql`insert into member_session (id, token, member_id, expires_at, created_at, updated_at)
        values (${ctx.newId()}, ${ctx.newId()}, ${actor.memberId}, ${ago(days)}, ${ago(days + 7)}, ${ago(days + 7)})`.execute(
        ctx.db,
      )
    },
  ],
  [
    'session_key',
    'api_key',
    async (ctx, days) => {
      const account = await givenAccount(ctx)
      await sql`delete from api_key where account_id = ${account.actor.accountId}`.execute(ctx.db)
      return sql`insert into api_key (id, account_id, label, scopes, key_sha256, expires_at, session_id)
        values (${ctx.newId()}, ${account.actor.accountId}, 'Pages', array['listings:read'], uuid_send(gen_random_uuid()), ${ago(days)}, ${ctx.newId()})`.execute(
        ctx.db,
      )
    },
  ],
  [
    'member_verification',
    'member_verification',
    (ctx, days) =>
      sql`insert into member_verification (id, identifier, value, expires_at, created_at, updated_at)
        values (${ctx.newId()}, ${ctx.newId()}, '', ${ago(days)}, ${ago(days)}, ${ago(days)})`.execute(
        ctx.db,
      ),
  ],
  [
    'member_invitation',
    'member_invitation',
    async (ctx, days) => {
      const { accountId } = (await givenAccount(ctx)).actor
      const { actor } = await givenMember(ctx, accountId)
      return sql`insert into member_invitation (id, account_id, email, role, invited_by, created_at, expires_at)
        values (${ctx.newId()}, ${accountId}, 'b@example.com', 'buyer', ${actor.memberId}, ${ago(days + 7)}, ${ago(days)})`.execute(
        ctx.db,
      )
    },
  ],
  [
    'member_request_count',
    'member_request_count',
    (ctx, days) =>
      sql`insert into member_request_count (id, key, count, last_request)
        values (${ctx.newId()}, ${ctx.newId()}, 1, ${ago(days).getTime()})`.execute(ctx.db),
  ],
  [
    'member_mail',
    'member_mail',
    async (ctx, days) => {
      const { actor } = await givenMember(ctx, (await givenAccount(ctx)).actor.accountId)
      const times = sql`${ago(days)}, ${ago(days)}, ${ago(days)}`
      await unwatchMachines(ctx.db as Transaction<Database>)
      return sql`insert into member_mail (id, member_id, state, due_at, closed_at, decided_at, kinds, unsubscribe_key)
        values (${ctx.newId()}, ${actor.memberId}, 'sent', ${times}, '{result}', uuid_send(gen_random_uuid()))`.execute(
        ctx.db,
      )
    },
  ],
  [
    'account_notice',
    'account_notice',
    async (ctx, days) => {
      const { actor } = await givenAccount(ctx)
      return sql`insert into account_notice (id, account_id, topic, subject_id, data, occurred_at, position)
        values (${ctx.newId()}, ${actor.accountId}, 'refund.failed', ${ctx.newId()}, '{}', ${ago(days)}, 1)`.execute(
        ctx.db,
      )
    },
  ],
]

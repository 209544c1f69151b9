import type { RetentionKind } from '@droplock/rules/retention'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { unwatchMachines } from '../../src/testing/watch-machines.ts'
import { givenMember } from '../support/members.ts'
import { givenAccount } from '../support/world.ts'

export type Simple = readonly [
  kind: RetentionKind,
  table: string,
  insert: (ctx: Context, days: number) => Promise<unknown>,
]

export const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

/** Of mails to people of accounts, and of what stands on their pages. */
export const mailRows: readonly Simple[] = [
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

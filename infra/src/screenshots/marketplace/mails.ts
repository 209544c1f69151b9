import type { JsonObject } from '@droplock/core/database/tables.gen'
import type { NoticeTopic } from '@droplock/rules/member-notices'
import type { Environment } from '../../environment/environment.ts'
import { members } from './members.ts'

/** The key of the link in a mail of `members.noted`, in hexadecimal. */
export const unsubscribeKey = 'a1'.repeat(16)

/** The pages behind the links are no pictures of theirs. */
const NO_ORDER = '01a00000-0000-7000-8000-0000000000d0'

const REFUSED_MS_AGO = 20 * 3_600_000

const usd = (amountMinor: number) => ({ amount_minor: amountMinor, currency: 'USD' })
const moved = [
  'amber-door.shop',
  'xn--bcher-kva.site',
  'quiet-lantern.shop',
  'seven-bridges.site',
  'iron-harbour.shop',
  'open-meadow.site',
]

/** What stands on the pages of `members.noted`: everything that may, at once. */
const notices: readonly (readonly [topic: NoticeTopic, data: JsonObject])[] = [
  ['refund.failed', { name: 'velvet-hammer.shop', amount: usd(6_900), backorder_id: NO_ORDER }],
  ['registration.expiring', { name: 'north-orchard.shop', backorder_id: NO_ORDER }],
  ['backorder.premium_flagged', { id: NO_ORDER, name: 'crown.shop' }],
  ...moved.map((name) => ['backorder.rescheduled', { id: NO_ORDER, name }] as const),
  ['balance.low', { balance: usd(450) }],
  ['webhook_endpoint.disabled', { url: 'https://hooks.dune.example/droplock' }],
]

/** A person whose address is refused, with notices of every kind and a mail whose link can be opened. */
export async function addMailStates({ ctx }: Environment): Promise<void> {
  const { email } = members.noted
  const { id: memberId, account_id: accountId } = await ctx.db
    .selectFrom('member')
    .select(['id', 'account_id'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow()
  const now = new Date()
  await ctx.db
    .insertInto('member_mail_bounce')
    .values({
      member_id: memberId,
      email,
      at: new Date(now.getTime() - REFUSED_MS_AGO),
      answer: `550 5.1.1 <${email}>: Recipient address rejected: User unknown`,
    })
    .execute()
  await ctx.db
    .insertInto('member_mail')
    .values({
      id: ctx.newId(),
      member_id: memberId,
      state: 'gathering',
      due_at: new Date(now.getTime() + REFUSED_MS_AGO),
      kinds: ['refund', 'result'],
      unsubscribe_key: Buffer.from(unsubscribeKey, 'hex'),
    })
    .execute()
  await ctx.db.insertInto('member_mail_off').values({ member_id: memberId, kind: 'watch' }).execute()
  if (accountId === null) throw new Error(`${email} belongs to no account`)
  await ctx.db
    .updateTable('account')
    .set({ balance_is_low: true, low_balance_minor: 5_000n })
    .where('id', '=', accountId)
    .execute()
  await ctx.db
    .insertInto('account_notice')
    .values(
      notices.map(([topic, data], place) => ({
        id: ctx.newId(),
        account_id: accountId,
        topic,
        subject_id: ctx.newId(),
        data,
        occurred_at: now,
        position: BigInt(place),
      })),
    )
    .execute()
}

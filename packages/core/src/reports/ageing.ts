import type { RefundState } from '@droplock/rules/machines/refund'
import { AGE_DAYS } from '@droplock/rules/reports'
import { type RawBuilder, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/page.ts'
import { queuedRefunds } from '../refunds/read-queue.ts'
import { readGroups } from './grouped.ts'

/** An amount by age: at most 30, 60 and 90 days old, and older. Minor units. */
export type Aged = {
  readonly totalMinor: bigint
  readonly to30Minor: bigint
  readonly to60Minor: bigint
  readonly to90Minor: bigint
  readonly olderMinor: bigint
}

/** What an account owes. */
export type Receivable = Aged & {
  readonly accountId: string
  readonly accountName: string
  readonly currency: string
  readonly creditLimitMinor: bigint
  readonly isDisabled: boolean
}

/** Refunds that customers do not have yet, of one state. */
export type AgedRefunds = Aged & {
  readonly state: Extract<RefundState, 'proposed' | 'approved' | 'processing' | 'failed'>
  readonly currency: string
  readonly refunds: number
}

/** What is owed to us and to customers, in all of one currency. */
export type AgeingTotals = {
  readonly receivables: readonly (Aged & { readonly currency: string; readonly accounts: number })[]
  readonly refunds: readonly (Aged & { readonly currency: string; readonly refunds: number })[]
}

const [first, second, third] = AGE_DAYS

type AgedRow = Readonly<Record<'total' | 'to30' | 'to60' | 'to90' | 'older', string>>

function toAged({ total, to30, to60, to90, older }: AgedRow): Aged {
  return {
    totalMinor: BigInt(total),
    to30Minor: BigInt(to30),
    to60Minor: BigInt(to60),
    to90Minor: BigInt(to90),
    olderMinor: BigInt(older),
  }
}

const age = (days: number) => sql`statement_timestamp() - ${sql.lit(`${days} days`)}::interval`

/**
 * What accounts owe, by age. Money that comes in pays the oldest debits, so the newest ones are unpaid: of a debt, that part is at most
 * 30 days old which the debits of the last 30 days amount to. No debit is older than the last bound counts, so none of those is read.
 */
const receivables = sql`
  select account.id, account.name, account.currency, credit_limit_minor as "creditLimit", disabled_at is not null as "isDisabled",
    owed as total, least(owed, sum30) as to30, least(owed, sum60) - least(owed, sum30) as to60,
    least(owed, sum90) - least(owed, sum60) as to90, owed - least(owed, sum90) as older
  from account cross join lateral (select -balance_minor as owed) as debt cross join lateral (
    select coalesce(-sum(amount_minor) filter (where posted_at > ${age(first)}), 0) as sum30,
      coalesce(-sum(amount_minor) filter (where posted_at > ${age(second)}), 0) as sum60, coalesce(-sum(amount_minor), 0) as sum90
    from posting where account_id = account.id and ledger_account = 'customer_balance' and amount_minor < 0
      and posted_at > ${age(third)}) as debits
  where balance_minor < 0`

type ReceivableRow = AgedRow & {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly creditLimit: bigint
  readonly isDisabled: boolean
}

type ListReceivables = Paging & { readonly currency?: string }

/** The accounts that owe, the oldest debt first. Throws Refusal('forbidden'). */
export async function listReceivables(
  ctx: StaffContext,
  query: ListReceivables,
): Promise<Listed<Receivable>> {
  requirePermission(ctx, 'money:read')
  const { currency } = query
  const sorted = sql<ReceivableRow>`
    select * from (${receivables}) as owing ${currency === undefined ? sql`` : sql`where currency = ${currency}`}
    order by older > 0 desc, to90 > 0 desc, to60 > 0 desc, currency, total desc, id`
  return readGroups(ctx.db, sorted, query, ({ id, name, creditLimit, isDisabled, ...row }) => ({
    accountId: id,
    accountName: name,
    currency: row.currency,
    creditLimitMinor: creditLimit,
    isDisabled,
    ...toAged(row),
  }))
}

const agedSums = sql`sum(amount_minor)::text as total,
  coalesce(sum(amount_minor) filter (where created_at > ${age(first)}), 0)::text as to30,
  coalesce(sum(amount_minor) filter (where created_at <= ${age(first)} and created_at > ${age(second)}), 0)::text as to60,
  coalesce(sum(amount_minor) filter (where created_at <= ${age(second)} and created_at > ${age(third)}), 0)::text as to90,
  coalesce(sum(amount_minor) filter (where created_at <= ${age(third)}), 0)::text as older`

type RefundRow = AgedRow & {
  readonly state: AgedRefunds['state']
  readonly currency: string
  readonly refunds: bigint
}

/** The open refunds by state and age, since they were created. Throws Refusal('forbidden'). */
export async function listRefundAges(ctx: StaffContext): Promise<readonly AgedRefunds[]> {
  requirePermission(ctx, 'money:read')
  const { rows } = await sql<RefundRow>`
    select state, currency, count(*) as refunds, ${agedSums} from (${queuedRefunds}) as open group by state, currency
    order by array_position(array['proposed', 'approved', 'processing', 'failed'], state), currency`.execute(
    ctx.db,
  )
  return rows.map((row) => ({
    state: row.state,
    currency: row.currency,
    refunds: Number(row.refunds),
    ...toAged(row),
  }))
}

/** The sums of both lists. Throws Refusal('forbidden'). */
export async function getAgeing(ctx: StaffContext): Promise<AgeingTotals> {
  requirePermission(ctx, 'money:read')
  const owing = await readTotals(
    ctx,
    sql`select currency, count(*) as count, sum(total)::text as total, sum(to30)::text as to30, sum(to60)::text as to60,
      sum(to90)::text as to90, sum(older)::text as older from (${receivables}) as owing group by currency order by currency`,
  )
  const open = await readTotals(
    ctx,
    sql`select currency, count(*) as count, ${agedSums} from (${queuedRefunds}) as open group by currency order by currency`,
  )
  return {
    receivables: owing.map(({ count, ...total }) => ({ ...total, accounts: count })),
    refunds: open.map(({ count, ...total }) => ({ ...total, refunds: count })),
  }
}

async function readTotals(ctx: StaffContext, totals: RawBuilder<unknown>) {
  const { rows } = await sql<
    AgedRow & { readonly currency: string; readonly count: bigint }
  >`${totals}`.execute(ctx.db)
  return rows.map((row) => ({ currency: row.currency, count: Number(row.count), ...toAged(row) }))
}

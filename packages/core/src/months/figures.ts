import { createHash } from 'node:crypto'
import { boundsOf, type Month, type OpenItemKind } from '@droplock/rules/months'
import { type Kysely, sql } from 'kysely'
import { canonicalJson } from '../audit/chain.ts'
import type { Database } from '../database/tables.gen.ts'
import type { LedgerAccount } from '../ledger/post.ts'

/** A line of a trial balance: one ledger account in one currency over a month. Minor units; a credit is a positive posting. */
export type MonthBalance = {
  readonly currency: string
  readonly ledgerAccount: LedgerAccount
  readonly openingMinor: bigint
  readonly debitMinor: bigint
  readonly creditMinor: bigint
  readonly closingMinor: bigint
  readonly postings: number
}

type BalanceRow = Pick<MonthBalance, 'currency' | 'ledgerAccount'> & {
  readonly postings: bigint
  readonly opening: string
  readonly debit: string
  readonly credit: string
}

/** The trial balance of a month, from the last closed month before it and the postings since. Reads every posting since then once. */
export async function readFigures(db: Kysely<Database>, month: Month): Promise<readonly MonthBalance[]> {
  const { startsAt, endsAt } = boundsOf(month)
  const { rows } = await sql<BalanceRow>`
    with base as (
      select max(month) as month, coalesce(max(ends_at), '-infinity') as until from closed_month where ends_at <= ${startsAt}
    ), opened as (
      select currency, ledger_account, closing_minor from closed_balance where month = (select month from base)
    ), moved as (
      select currency, ledger_account,
        coalesce(sum(amount_minor) filter (where posted_at < ${startsAt}), 0) as before,
        coalesce(-sum(amount_minor) filter (where posted_at >= ${startsAt} and amount_minor < 0), 0) as debit,
        coalesce(sum(amount_minor) filter (where posted_at >= ${startsAt} and amount_minor > 0), 0) as credit,
        count(*) filter (where posted_at >= ${startsAt}) as postings
      from posting where posted_at >= (select until from base) and posted_at < ${endsAt}
      group by currency, ledger_account
    )
    select currency, ledger_account as "ledgerAccount", coalesce(closing_minor, 0) + coalesce(before, 0) as opening,
      coalesce(debit, 0) as debit, coalesce(credit, 0) as credit, coalesce(postings, 0) as postings
    from opened full join moved using (currency, ledger_account) order by currency, ledger_account`.execute(
    db,
  )
  return rows.map(({ opening, debit, credit, ...row }) => {
    const [openingMinor, debitMinor, creditMinor] = [BigInt(opening), BigInt(debit), BigInt(credit)]
    const closingMinor = openingMinor + creditMinor - debitMinor
    return { ...row, postings: Number(row.postings), openingMinor, debitMinor, creditMinor, closingMinor }
  })
}

/** How many postings a month has: what is only ever added to has not changed while this has not. From the index alone. */
export async function countPostings(db: Kysely<Database>, month: Month): Promise<number> {
  const { startsAt, endsAt } = boundsOf(month)
  const { rows } = await sql<{ postings: bigint }>`
    select count(*) as postings from posting where posted_at >= ${startsAt} and posted_at < ${endsAt}`.execute(
    db,
  )
  return Number(rows[0]?.postings ?? 0n)
}

export function postingsOf(balances: readonly MonthBalance[]): number {
  return balances.reduce((sum, { postings }) => sum + postings, 0)
}

/** Whether the closing balances of each currency sum to 0. */
export function isBalanced(balances: readonly MonthBalance[]): boolean {
  const sums = new Map<string, bigint>()
  for (const { currency, closingMinor } of balances)
    sums.set(currency, (sums.get(currency) ?? 0n) + closingMinor)
  return [...sums.values()].every((sum) => sum === 0n)
}

/** What was open when the books were looked at. */
export type OpenItem = {
  readonly kind: OpenItemKind
  readonly id: string
  readonly since: Date
  readonly detail: string
}

/** One more than a close may have, so that it is known that there are more. */
const ITEMS_READ_MAX = 101

/**
 * What was not finished by the end of a month: every open mismatch, because none says of which day it is; finance tasks and refunds from
 * before that end. The oldest first.
 */
export async function readOpenItems(db: Kysely<Database>, month: Month): Promise<readonly OpenItem[]> {
  const { endsAt } = boundsOf(month)
  const { rows } = await sql<OpenItem>`
    select 'reconciliation_item' as kind, id, first_seen_at as since, source || ': ' || detail as detail
      from reconciliation_item where closed_at is null
    union all
    select 'finance_task', id, opened_at, replace(kind, '_', ' ') || ': ' || detail
      from finance_task where closed_at is null and opened_at < ${endsAt}
    union all
    select 'refund', id, created_at, state || ' refund of ' || currency || ' ' || amount_minor || ' (minor units)'
      from refund where state in ('approved', 'processing') and created_at < ${endsAt}
    order by since, id limit ${ITEMS_READ_MAX}`.execute(db)
  return rows
}

/** Over a trial balance, in hex. */
export function balancesHash(month: Month, balances: readonly MonthBalance[]): string {
  return hashOf({ month, balances: balances.map(asText) })
}

/** Over all that a person sees before a close, in hex: a close is bound to it. */
export function previewHash(
  month: Month,
  balances: readonly MonthBalance[],
  items: readonly OpenItem[],
): string {
  return hashOf({
    month,
    balances: balances.map(asText),
    items: items.map(({ kind, id }) => `${kind} ${id}`),
  })
}

type Text = Readonly<Record<string, string>>

function asText(balance: MonthBalance): Text {
  const { currency, ledgerAccount } = balance
  return {
    currency,
    ledger_account: ledgerAccount,
    opening_minor: balance.openingMinor.toString(),
    debit_minor: balance.debitMinor.toString(),
    credit_minor: balance.creditMinor.toString(),
    closing_minor: balance.closingMinor.toString(),
    postings: balance.postings.toString(),
  }
}

function hashOf(value: Readonly<Record<string, string | Text[] | string[]>>): string {
  return createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')
}

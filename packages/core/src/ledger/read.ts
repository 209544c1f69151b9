import { bookingKinds } from '@droplock/rules/reconciliation/provider-bookings'
import { Refusal } from '@droplock/rules/refusals'
import { type SelectQueryBuilder, sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import type { LedgerAccount, PostingCause } from './post.ts'

/** One move of the ledger: an amount from one ledger account to another, for one cause. Minor units. */
export type LedgerMove = {
  /** The cause and its id, which name a move. */
  readonly id: string
  readonly cause: PostingCause
  readonly causeId: string
  readonly from: LedgerAccount
  readonly to: LedgerAccount
  readonly amountMinor: bigint
  readonly currency: string
  readonly accountId: string | null
  readonly accountName: string | null
  readonly backorderId: string | null
  readonly renewalId: string | null
  readonly paymentId: string | null
  readonly bankTransferId: string | null
  readonly name: string | null
  readonly postedAt: Date
  /** Of the ledger account that is filtered by, of one reseller or all, including this move; null where moves are left out. */
  readonly balanceMinor: bigint | null
}

export type ListLedger = Paging & {
  /** With it the balance is known, if the currency is given too. */
  readonly ledgerAccount?: LedgerAccount
  readonly currency?: string
  readonly cause?: PostingCause
  readonly accountId?: string
  readonly from?: Date
  readonly to?: Date
  /** Of an order, renewal, payment, refund, dispute, transfer or credit: every move that concerns it. */
  readonly id?: string
  readonly amountMinor?: bigint
  /** Of the listing of the order. Only within a period: no index of the ledger has it, so each move is looked up. */
  readonly zone?: string
}

const causes: readonly PostingCause[] = [
  'top_up',
  'top_up_reversed',
  'receipt',
  'secure',
  'settle',
  'refund',
  'refund_paid',
  'refund_returned',
  'refund_expired',
  'dispute',
  'dispute_won',
  'goodwill',
  ...bookingKinds,
]

/** The moves of all accounts, newest first. Throws Refusal: forbidden, invalid_request (a zone without a period). */
export async function listLedger(ctx: StaffContext, query: ListLedger): Promise<Listed<LedgerMove>> {
  requirePermission(ctx, 'money:read')
  if (query.zone !== undefined && (query.from === undefined || query.to === undefined))
    throw new Refusal('invalid_request', 'A zone is looked for within a period: set from and to.')
  const sorted = selectLines(ctx, query)
    .select(['cause', 'cause_id', 'line', 'amount_minor', 'posted_at'])
    .orderBy('posted_at', 'desc')
    .orderBy('cause_id', 'desc')
    .orderBy('line', 'desc')
  const { items: lines, ...counts } = await readListed(ctx.db, sorted, query, (row) => row)
  const balances = await readBalances(ctx, query, lines)
  const moves = await readMoves(ctx, lines)
  return { ...counts, items: moves.map((move, at) => ({ ...move, balanceMinor: balances[at] ?? null })) }
}

type Line = {
  readonly cause: string
  readonly cause_id: string
  readonly line: number
  readonly amount_minor: bigint
  readonly posted_at: Date
}

/** One line of each move: that of the ledger account that is asked for, or the second, whose amount is positive. */
function selectLines({ db }: StaffContext, query: ListLedger) {
  const { ledgerAccount, currency, cause, accountId, from, to, id, amountMinor, zone } = query
  let lines = db.selectFrom('posting')
  lines =
    ledgerAccount === undefined
      ? lines.where('line', '=', 2)
      : lines.where('ledger_account', '=', ledgerAccount)
  if (currency !== undefined) lines = lines.where('currency', '=', currency)
  if (cause !== undefined) lines = lines.where('cause', '=', cause)
  if (accountId !== undefined) lines = lines.where('account_id', '=', accountId)
  if (from !== undefined) lines = lines.where('posted_at', '>=', from)
  if (to !== undefined) lines = lines.where('posted_at', '<', to)
  if (zone !== undefined) lines = lines.where(zoneOfLine, '=', zone)
  if (amountMinor !== undefined)
    lines =
      ledgerAccount === undefined
        ? lines.where('amount_minor', '=', amountMinor)
        : lines.where('amount_minor', 'in', [amountMinor, -amountMinor])
  return id === undefined ? lines : concerning(lines, id)
}

/** A line names its order, or the payment that was for it. */
const zoneOfLine = sql<string | null>`(select listing.zone from listing where listing.id = coalesce(
  (select listing_id from backorder where backorder.id = posting.backorder_id),
  (select backorder.listing_id from renewal join registration on registration.id = registration_id
    join backorder on backorder.id = registration.backorder_id where renewal.id = posting.renewal_id),
  (select coalesce(payment.listing_id, backorder.listing_id) from payment left join renewal on renewal.id = payment.renewal_id
    left join registration on registration.id = renewal.registration_id
    left join backorder on backorder.id = coalesce(payment.backorder_id, registration.backorder_id)
    where payment.id = posting.payment_id)))`

/** By the key of the table, cause by cause: what has the id itself, and what refunds, payments and disputes of it have. */
function concerning<Tables extends { posting: object }, Row>(
  lines: SelectQueryBuilder<Tables, 'posting' & keyof Tables, Row>,
  id: string,
) {
  return lines.where(sql<boolean>`posting.cause = any(${[...causes]}::text[]) and posting.cause_id = any(array(
    select ${id}::uuid
    union select id from payment where backorder_id = ${id}::uuid or renewal_id = ${id}::uuid
    union select refund.id from refund join payment on payment.id = refund.payment_id
      where payment.id = ${id}::uuid or payment.backorder_id = ${id}::uuid or payment.renewal_id = ${id}::uuid
    union select coalesce(backorder_id, renewal_id) from payment where id = ${id}::uuid and num_nonnulls(backorder_id, renewal_id) > 0
    union select unnest(array[dispute.id, reversal_id]) from dispute join payment on payment.id = payment_id
      where payment.id = ${id}::uuid or payment.backorder_id = ${id}::uuid or payment.renewal_id = ${id}::uuid
    union select reversal_id from bank_transfer where id = ${id}::uuid and reversal_id is not null))`)
}

/** The balance after each line, from the last closed month on; none where the lines of the ledger account are not all there. */
async function readBalances(
  { db }: StaffContext,
  { ledgerAccount, currency, accountId, cause, id, amountMinor, zone }: ListLedger,
  lines: readonly Line[],
): Promise<readonly bigint[]> {
  const oldest = lines.at(-1)
  const isPartial = [cause, id, amountMinor, zone].some((filter) => filter !== undefined)
  if (oldest === undefined || isPartial || ledgerAccount === undefined || currency === undefined) return []
  const ofAccount = accountId === undefined ? sql`true` : sql`account_id = ${accountId}::uuid`
  const { rows } = await sql<{ balance: string }>`
    with line as (
      select posted_at, cause_id, line from posting
      where cause = ${oldest.cause} and cause_id = ${oldest.cause_id}::uuid and line = ${oldest.line}
    ), base as (
      select max(ends_at) as until from closed_month where ${accountId === undefined} and ends_at <= (select posted_at from line)
    )
    select coalesce(sum(amount_minor), 0) + coalesce((select closing_minor from closed_balance join closed_month using (month)
        where ends_at = (select until from base) and currency = ${currency} and ledger_account = ${ledgerAccount}), 0) as balance
    from posting where ledger_account = ${ledgerAccount} and currency = ${currency} and ${ofAccount}
      and posted_at >= coalesce((select until from base), '-infinity') and posted_at <= (select posted_at from line)
      and (posted_at, cause_id, line) <= (select posted_at, cause_id, line from line)`.execute(db)
  let balance = BigInt(rows[0]?.balance ?? 0)
  const balances: bigint[] = []
  for (const [at, line] of lines.toReversed().entries()) {
    if (at > 0) balance += line.amount_minor
    balances.push(balance)
  }
  return balances.toReversed()
}

/** The moves of these lines, in their order. */
async function readMoves(
  { db }: StaffContext,
  lines: readonly Line[],
): Promise<readonly Omit<LedgerMove, 'balanceMinor'>[]> {
  if (lines.length === 0) return []
  const { rows } = await sql<Omit<LedgerMove, 'balanceMinor'>>`
    select asked.cause || ':' || asked.cause_id as id, asked.cause, asked.cause_id as "causeId", source.ledger_account as "from",
      target.ledger_account as "to", target.amount_minor as "amountMinor", target.currency, target.account_id as "accountId",
      account.name as "accountName", target.backorder_id as "backorderId", target.renewal_id as "renewalId",
      target.payment_id as "paymentId", target.bank_transfer_id as "bankTransferId",
      coalesce(backorder.name, registration.name) as name, target.posted_at as "postedAt"
    from unnest(${lines.map(({ cause }) => cause)}::text[], ${lines.map(({ cause_id }) => cause_id)}::uuid[])
        with ordinality as asked (cause, cause_id, place)
      join posting as source on source.cause = asked.cause and source.cause_id = asked.cause_id and source.line = 1
      join posting as target on target.cause = asked.cause and target.cause_id = asked.cause_id and target.line = 2
      left join account on account.id = target.account_id
      left join backorder on backorder.id = target.backorder_id
      left join renewal on renewal.id = target.renewal_id
      left join registration on registration.id = renewal.registration_id
    order by asked.place`.execute(db)
  return rows
}

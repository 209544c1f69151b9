import { type AccountState, accountState } from '@droplock/rules/accounts'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely'
import type { BillingProfile } from '../billing/profile.ts'
import {
  type AccountContext,
  type OperatorContext,
  requirePermission,
  requireScope,
  type StaffContext,
} from '../context.ts'
import { escapeLike, type Listed, type Paging, readListed, type Sorting } from '../database/page.ts'
import type { BillingProfileTable } from '../database/tables.gen.ts'

/** A customer's account as finance sees it. Amounts in minor units of its currency. */
export type AccountRow = {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly createdAt: Date
  /** When it was disabled; then all of its keys are refused. */
  readonly disabledAt: Date | null
  /** When it ended. */
  readonly closedAt: Date | null
  readonly state: AccountState
  /** Negative: what the account owes. */
  readonly balanceMinor: bigint
  readonly creditLimitMinor: bigint
  /** Balance plus credit; 0 where disputes or reversals left more debt than credit. */
  readonly availableMinor: bigint
  /** Paid for backorders and renewals that are not decided yet. */
  readonly escrowMinor: bigint
  readonly openHolds: number
  readonly openHoldsMaxBeforePaid: number
  readonly openHoldsMax: number
  /** Whether any order was ever paid: it decides which of the two limits applies. */
  readonly hasPaid: boolean
  readonly watchesMax: number
  readonly readsPerMinuteMax: number
  readonly claimsPerMinuteMax: number
  /** Below this the account is notified; null: never. */
  readonly lowBalanceMinor: bigint | null
  /** Raised by each edit. */
  readonly version: number
}

/**
 * For a query that reads `account`: its money in escrow, which was paid for backorders and renewals that are not decided yet. Minor
 * units.
 */
export const escrowOfAccount = sql<string>`((select coalesce(sum(price_minor), 0) from backorder
    where account_id = account.id and backorder.state in ('backordered', 'registering'))
  + (select coalesce(sum(price_minor), 0) from renewal
    where account_id = account.id and renewal.state in ('paid', 'renewing')))`

function selectAccounts(ctx: OperatorContext) {
  return ctx.db.selectFrom('account')
}

function withColumns(accounts: ReturnType<typeof selectAccounts>) {
  return accounts
    .selectAll('account')
    .select([
      escrowOfAccount.as('escrow'),
      sql<bigint>`(select count(*) from backorder where account_id = account.id and state = 'pending_payment')`.as(
        'holds',
      ),
      sql<boolean>`exists (select from backorder where account_id = account.id and secured_at is not null)`.as(
        'has_paid',
      ),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

function toAccountRow(row: Row): AccountRow {
  const available = row.balance_minor + row.credit_limit_minor
  return {
    id: row.id,
    name: row.name,
    currency: row.currency,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    closedAt: row.closed_at,
    state: accountState({ disabledAt: row.disabled_at, closedAt: row.closed_at }),
    balanceMinor: row.balance_minor,
    creditLimitMinor: row.credit_limit_minor,
    availableMinor: available > 0n ? available : 0n,
    escrowMinor: BigInt(row.escrow),
    openHolds: Number(row.holds),
    openHoldsMaxBeforePaid: row.open_holds_max_before_paid,
    openHoldsMax: row.open_holds_max,
    hasPaid: row.has_paid,
    watchesMax: row.watches_max,
    readsPerMinuteMax: row.reads_per_minute_max,
    claimsPerMinuteMax: row.claims_per_minute_max,
    lowBalanceMinor: row.low_balance_minor,
    version: row.version,
  }
}

type AccountDetail = AccountRow & {
  /** Names on its watch list. */
  readonly watches: number
  /** Its registrations that have not ended, which it pays to renew. */
  readonly registrations: number
  readonly closedBy: string | null
  readonly billing: BillingProfile | null
}

/** One customer's account, in one snapshot. Throws Refusal: forbidden, account_not_found. */
export async function getAccount(ctx: StaffContext, id: string): Promise<AccountDetail> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectAccounts(ctx))
    .leftJoin('billing_profile as billing', 'billing.account_id', 'account.id')
    .select(['billing.legal_name', 'billing.address', 'billing.country', 'billing.tax_id', 'billing.email'])
    .select([
      sql<bigint>`(select count(*) from watch where account_id = account.id)`.as('watches'),
      sql<bigint>`(select count(*) from registration where account_id = account.id and ended_at is null)`.as(
        'registrations',
      ),
    ])
    .where('account.id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('account_not_found', 'No such account.', { id })
  return {
    ...toAccountRow(row),
    watches: Number(row.watches),
    registrations: Number(row.registrations),
    closedBy: row.closed_by,
    billing: billingOf(row),
  }
}

function billingOf(
  row: { readonly [Column in keyof Billing]: Billing[Column] | null },
): BillingProfile | null {
  const { legal_name: legalName, address, country, tax_id: taxId, email } = row
  if (legalName === null || address === null || country === null || email === null) return null
  return { legalName, address, country, taxId, email }
}

type Billing = Pick<
  Selectable<BillingProfileTable>,
  'legal_name' | 'address' | 'country' | 'tax_id' | 'email'
>

type ListAccounts = Paging & {
  readonly sort?: Sorting<'name' | 'balance' | 'createdAt'>
  /** Part of the account's name. */
  readonly q?: string
  readonly currency?: string
  /** Only accounts that owe, or only those that do not. */
  readonly owing?: boolean
  readonly state?: AccountState
}

const columns = {
  name: 'account.name',
  balance: 'account.balance_minor',
  createdAt: 'account.created_at',
} as const

/** Customers' accounts, by name unless asked otherwise. Throws Refusal('forbidden'). */
export async function listAccounts(ctx: OperatorContext, query: ListAccounts): Promise<Listed<AccountRow>> {
  requirePermission(ctx, 'money:read')
  const sort = query.sort ?? { field: 'name', order: 'asc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('account.id', sort.order)
  return readListed(ctx.db, sorted, query, toAccountRow, { key: 'account.id' })
}

const inState: Readonly<Record<AccountState, RawBuilder<SqlBool>>> = {
  open: sql`account.disabled_at is null`,
  suspended: sql`account.disabled_at is not null and account.closed_at is null`,
  closed: sql`account.closed_at is not null`,
}

function filtered(ctx: OperatorContext, { q, currency, owing, state }: ListAccounts) {
  let matching = selectAccounts(ctx)
  if (q !== undefined) matching = matching.where('account.name', 'ilike', `%${escapeLike(q)}%`)
  if (currency !== undefined) matching = matching.where('account.currency', '=', currency)
  if (owing !== undefined) matching = matching.where('account.balance_minor', owing ? '<' : '>=', 0n)
  if (state !== undefined) matching = matching.where(inState[state])
  return matching
}

/** Amounts in minor units. */
export type Balance = {
  readonly balanceMinor: bigint
  /** How far the balance may fall below 0. */
  readonly creditLimitMinor: bigint
  /** Balance plus credit: what can be spent now. Negative where a dispute left more debt than credit. */
  readonly availableMinor: bigint
  /** Paid for backorders and renewals that are not decided yet. */
  readonly escrowMinor: bigint
  readonly currency: string
}

/** The caller's balance and escrow, in one snapshot. Throws Refusal('insufficient_scope'). */
export async function getBalance(ctx: AccountContext): Promise<Balance> {
  requireScope(ctx, 'balance:read')
  const row = await ctx.db
    .selectFrom('account')
    .select(['balance_minor', 'credit_limit_minor', 'currency', escrowOfAccount.as('held')])
    .where('id', '=', ctx.actor.accountId)
    .executeTakeFirstOrThrow()
  return {
    balanceMinor: row.balance_minor,
    creditLimitMinor: row.credit_limit_minor,
    availableMinor: row.balance_minor + row.credit_limit_minor,
    escrowMinor: BigInt(row.held),
    currency: row.currency,
  }
}

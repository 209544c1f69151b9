import { sql } from 'kysely'
import type { OperatorContext } from '../context.ts'
import { escrowOfAccount } from './escrow-view.ts'

/** A customer's account as finance sees it. Amounts in minor units of its currency. */
export type AccountRow = {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly createdAt: Date
  /** Given, all of its keys are refused. */
  readonly disabledAt: Date | null
  /** Below 0: what the account owes. */
  readonly balanceMinor: bigint
  readonly creditLimitMinor: bigint
  /** What can be spent now; 0 where disputes or reversals left more debt than credit. */
  readonly availableMinor: bigint
  /** Of undecided backorders: paid, and neither earned nor refunded yet. */
  readonly escrowMinor: bigint
  readonly openHolds: number
  readonly openHoldsMaxBeforePaid: number
  readonly openHoldsMax: number
  /** Whether any order was ever paid, which of the two limits counts. */
  readonly hasPaid: boolean
}

export function selectAccounts(ctx: OperatorContext) {
  return ctx.db.selectFrom('account')
}

export function withColumns(accounts: ReturnType<typeof selectAccounts>) {
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

export function toAccountRow(row: Row): AccountRow {
  const available = row.balance_minor + row.credit_limit_minor
  return {
    id: row.id,
    name: row.name,
    currency: row.currency,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
    balanceMinor: row.balance_minor,
    creditLimitMinor: row.credit_limit_minor,
    availableMinor: available > 0n ? available : 0n,
    escrowMinor: BigInt(row.escrow),
    openHolds: Number(row.holds),
    openHoldsMaxBeforePaid: row.open_holds_max_before_paid,
    openHoldsMax: row.open_holds_max,
    hasPaid: row.has_paid,
  }
}

import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Sums by currency, as of one snapshot. In a sound ledger every one of them is zero but `escrowMinor` before the end. */
export type LedgerProof = {
  /** All postings: money neither created nor lost. */
  readonly ledgerSumMinor: Readonly<Record<string, bigint>>
  /** Escrow: the money of undecided backorders, nothing else. */
  readonly escrowMinor: Readonly<Record<string, bigint>>
  /** Escrow minus the prices of the undecided backorders. */
  readonly escrowDifferenceMinor: Readonly<Record<string, bigint>>
  /** Accounts whose stored balance is not the sum of their postings. */
  readonly balanceMismatches: number
  /** Failed backorders whose money did not go back in full. */
  readonly unrefundedFailures: number
}

type SumRow = {
  readonly currency: string
  readonly ledger: string
  readonly escrow: string
  readonly due: string
  readonly mismatches: bigint
  readonly unrefunded: bigint
}

/**
 * Proves the ledger from its own rows, independent of the triggers that keep it. One statement, so one snapshot; a
 * currency without an account has no money to lose.
 */
export async function proveLedger(db: Kysely<Database>): Promise<LedgerProof> {
  const { rows } = await sql<SumRow>`
    select used.currency,
      (select coalesce(sum(amount_minor), 0) from posting where currency = used.currency) as ledger,
      (select coalesce(sum(amount_minor), 0) from posting
        where currency = used.currency and ledger_account = 'escrow') as escrow,
      (select coalesce(sum(price_minor), 0) from backorder
        where currency = used.currency and state in ('backordered', 'registering')) as due,
      (select count(*) from account where currency = used.currency and balance_minor <> coalesce((
        select sum(amount_minor) from posting
        where ledger_account = 'customer_balance' and account_id = account.id), 0)) as mismatches,
      (select count(*) from backorder where currency = used.currency and state = 'failed' and price_minor <> coalesce((
        select sum(refund.amount_minor) from refund join payment on payment.id = refund.payment_id
        where payment.backorder_id = backorder.id and refund.state = 'succeeded'), 0)) as unrefunded
    from (select distinct currency from account) as used order by used.currency`.execute(db)
  return {
    ledgerSumMinor: byCurrency(rows, (row) => BigInt(row.ledger)),
    escrowMinor: byCurrency(rows, (row) => BigInt(row.escrow)),
    escrowDifferenceMinor: byCurrency(rows, (row) => BigInt(row.escrow) - BigInt(row.due)),
    balanceMismatches: rows.reduce((sum, row) => sum + Number(row.mismatches), 0),
    unrefundedFailures: rows.reduce((sum, row) => sum + Number(row.unrefunded), 0),
  }
}

function byCurrency(
  rows: readonly SumRow[],
  amount: (row: SumRow) => bigint,
): Readonly<Record<string, bigint>> {
  return Object.fromEntries(rows.map((row) => [row.currency, amount(row)]))
}

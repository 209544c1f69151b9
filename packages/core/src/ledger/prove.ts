import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** Sums by currency, in one snapshot. In a sound ledger all are zero, except `escrowMinor` while orders are undecided. */
export type LedgerProof = {
  /** The sum of all postings: money is neither created nor lost. */
  readonly ledgerSumMinor: Readonly<Record<string, bigint>>
  /** Escrow: the money of undecided backorders and renewals. */
  readonly escrowMinor: Readonly<Record<string, bigint>>
  /** Escrow less the prices of the undecided ones. */
  readonly escrowDifferenceMinor: Readonly<Record<string, bigint>>
  /** Accounts whose stored balance is not the sum of their postings. */
  readonly balanceMismatches: number
  /** Failed backorders and renewals whose money was not refunded in full, is not on its way, and has no open task. */
  readonly unrefundedFailures: number
  /** Card payments whose money is not where it should be: at the provider, unapplied, or payable. */
  readonly misplacedPayments: number
}

type SumRow = {
  readonly currency: string
  readonly ledger: string
  readonly escrow: string
  readonly due: string
  readonly mismatches: bigint
  readonly unrefunded: bigint
  readonly misplaced: bigint
}

/**
 * Checks the ledger by its rows, independently of the triggers. One statement, so one snapshot. Only currencies of accounts: no other
 * has money.
 */
export async function proveLedger(db: Kysely<Database>): Promise<LedgerProof> {
  const { rows } = await sql<SumRow>`
    select used.currency,
      (select coalesce(sum(amount_minor), 0) from posting where currency = used.currency) as ledger,
      (select coalesce(sum(amount_minor), 0) from posting
        where currency = used.currency and ledger_account = 'escrow') as escrow,
      (select coalesce(sum(price_minor), 0) from backorder
        where currency = used.currency and state in ('backordered', 'registering'))
        + (select coalesce(sum(price_minor), 0) from renewal
          where currency = used.currency and state in ('paid', 'renewing')) as due,
      (select count(*) from account where currency = used.currency and balance_minor <> coalesce((
        select sum(amount_minor) from posting
        where ledger_account = 'customer_balance' and account_id = account.id), 0)) as mismatches,
      (select count(*) from (select id, price_minor, currency, state from backorder
          union all select id, price_minor, currency, state from renewal) as ordered
        where currency = used.currency and state = 'failed' and price_minor <> coalesce((
          select sum(refund.amount_minor) from refund join payment on payment.id = refund.payment_id
          where (payment.backorder_id = ordered.id or payment.renewal_id = ordered.id) and payment.secures
            and (refund.state in ('approved', 'processing', 'succeeded')
              or (refund.state = 'failed' and exists (select from finance_task
                where kind = 'refund_failed' and subject_id = refund.id and closed_at is null)))), 0)) as unrefunded,
      (select count(*) from payment where currency = used.currency and method = 'card' and exists (
        select from (select
            coalesce(sum(amount_minor) filter (where ledger_account = 'provider_clearing'), 0) as clearing,
            coalesce(sum(amount_minor) filter (where ledger_account = 'unapplied_receipts'), 0) as unapplied,
            coalesce(sum(amount_minor) filter (where ledger_account = 'refunds_payable'), 0) as payable
          from posting where payment_id = payment.id) as held,
          (select
            coalesce(sum(amount_minor) filter (where state = 'succeeded'), 0) as done,
            coalesce(sum(amount_minor) filter (where state = 'succeeded' and destination = 'original_payment'), 0) as to_card,
            coalesce(sum(amount_minor) filter (where destination = 'original_payment' and (state in ('approved', 'processing')
              or (state = 'failed' and not exists (select from refund as retry where retry.retries_refund_id = refund.id
                and retry.state not in ('proposed', 'rejected', 'expired'))))), 0) as owed
          from refund where payment_id = payment.id) as returned
        where clearing <> to_card - captured_minor + (select coalesce(sum(amount_minor), 0) from dispute
            where payment_id = payment.id and state in ('open', 'lost'))
          or unapplied <> case when purpose <> 'top_up' and not secures then captured_minor - done else 0 end
          or payable <> case when secures or purpose = 'top_up' then owed else 0 end)) as misplaced
    from (select distinct currency from account) as used order by used.currency`.execute(db)
  return {
    ledgerSumMinor: byCurrency(rows, (row) => BigInt(row.ledger)),
    escrowMinor: byCurrency(rows, (row) => BigInt(row.escrow)),
    escrowDifferenceMinor: byCurrency(rows, (row) => BigInt(row.escrow) - BigInt(row.due)),
    balanceMismatches: rows.reduce((sum, row) => sum + Number(row.mismatches), 0),
    unrefundedFailures: rows.reduce((sum, row) => sum + Number(row.unrefunded), 0),
    misplacedPayments: rows.reduce((sum, row) => sum + Number(row.misplaced), 0),
  }
}

function byCurrency(
  rows: readonly SumRow[],
  amount: (row: SumRow) => bigint,
): Readonly<Record<string, bigint>> {
  return Object.fromEntries(rows.map((row) => [row.currency, amount(row)]))
}

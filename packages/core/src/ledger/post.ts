import type { BookingKind } from '@droplock/rules/reconciliation/provider-bookings'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

export type LedgerAccount =
  | 'customer_balance'
  | 'escrow'
  | 'revenue'
  | 'refunds_payable'
  | 'provider_clearing'
  | 'unapplied_receipts'
  | 'bank_clearing'
  | 'goodwill'
  | 'provider_fees'
  | 'currency_exchange'

/**
 * `receipt`: captured by card. `refund`: a refund leaves the ledger account it is paid from. `refund_paid`, `refund_returned`,
 * `refund_expired`: it reached the card, came back from there, or was never sent. A correction is a move of its own: `top_up_reversed`
 * reverses a bank transfer that should not have been credited.
 */
export type PostingCause =
  | 'top_up'
  | 'top_up_reversed'
  | 'receipt'
  | 'secure'
  | 'settle'
  | 'refund'
  | 'refund_paid'
  | 'refund_returned'
  | 'refund_expired'
  | 'dispute'
  | 'dispute_won'
  | 'goodwill'
  | BookingKind

/** The causes that move a customer's balance. */
export type BalanceCause = Extract<
  PostingCause,
  | 'top_up'
  | 'top_up_reversed'
  | 'secure'
  | 'settle'
  | 'refund'
  | 'refund_expired'
  | 'dispute'
  | 'dispute_won'
  | 'goodwill'
>

/** A move of one amount from one ledger account to another, for one cause. */
export type Move = {
  readonly cause: PostingCause
  /** Together with the cause the natural key: the payment, backorder, renewal, refund, dispute or booking of the provider that moves the money. */
  readonly causeId: string
  readonly from: LedgerAccount
  readonly to: LedgerAccount
  readonly amountMinor: bigint
  readonly currency: string
  /** Left out: no customer's money. */
  readonly accountId?: string
  readonly backorderId?: string | undefined
  readonly renewalId?: string | undefined
  /** The card payment whose money this is: constraints check its money at the provider, unapplied and payable. */
  readonly paymentId?: string | undefined
  /** The bank transfer that is credited or reversed: a constraint checks its money at the bank. */
  readonly bankTransferId?: string | undefined
}

/**
 * Posts one move as a balanced set of two lines. Posting the same cause twice violates `posting_pkey`; an unbalanced set, or one of
 * two currencies, cannot commit (`posting_set_sums_to_zero`). A trigger moves the stored balance, which must not fall below the credit
 * limit (`balance_within_credit`).
 */
export async function post(tx: Transaction<Database>, move: Move): Promise<void> {
  await postAll(tx, [move])
}

/** Posts each of these moves, in their order and in one statement. */
export async function postAll(tx: Transaction<Database>, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return
  const lines = moves.flatMap(postingsOf)
  await sql`
    insert into posting (cause, cause_id, line, ledger_account, amount_minor, currency, account_id, backorder_id, renewal_id,
      payment_id, bank_transfer_id)
    select * from unnest(
      ${lines.map((each) => each.cause)}::text[], ${lines.map((each) => each.cause_id)}::uuid[],
      ${lines.map((each) => each.line)}::smallint[], ${lines.map((each) => each.ledger_account)}::text[],
      ${lines.map((each) => each.amount_minor)}::bigint[], ${lines.map((each) => each.currency)}::text[],
      ${lines.map((each) => each.account_id)}::uuid[], ${lines.map((each) => each.backorder_id)}::uuid[],
      ${lines.map((each) => each.renewal_id)}::uuid[], ${lines.map((each) => each.payment_id)}::uuid[],
      ${lines.map((each) => each.bank_transfer_id)}::uuid[])`.execute(tx)
}

/** The two lines of a move, for a statement that writes more than these. */
export function postingsOf(move: Move) {
  const common = {
    cause: move.cause,
    cause_id: move.causeId,
    account_id: move.accountId ?? null,
    backorder_id: move.backorderId ?? null,
    renewal_id: move.renewalId ?? null,
    payment_id: move.paymentId ?? null,
    bank_transfer_id: move.bankTransferId ?? null,
    currency: move.currency,
  }
  return [
    { ...common, line: 1, ledger_account: move.from, amount_minor: -move.amountMinor },
    { ...common, line: 2, ledger_account: move.to, amount_minor: move.amountMinor },
  ]
}

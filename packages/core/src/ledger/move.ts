export type LedgerAccount =
  | 'customer_balance'
  | 'escrow'
  | 'revenue'
  | 'refunds_payable'
  | 'provider_clearing'
  | 'unapplied_receipts'

export type PostingCause = 'top_up' | 'secure' | 'settle' | 'refund'

/** A move of one amount from one ledger account to another, for one cause. */
export type Move = {
  readonly cause: PostingCause
  /** With the cause the natural key: the payment, backorder or refund that moves the money. */
  readonly causeId: string
  readonly from: LedgerAccount
  readonly to: LedgerAccount
  readonly amountMinor: bigint
  readonly currency: string
  readonly accountId: string
  readonly backorderId?: string
}

/** The two lines of a move, for a statement that writes more than them. */
export function postingsOf(move: Move) {
  const common = {
    cause: move.cause,
    cause_id: move.causeId,
    account_id: move.accountId,
    backorder_id: move.backorderId ?? null,
    currency: move.currency,
  }
  return [
    { ...common, line: 1, ledger_account: move.from, amount_minor: -move.amountMinor },
    { ...common, line: 2, ledger_account: move.to, amount_minor: move.amountMinor },
  ]
}

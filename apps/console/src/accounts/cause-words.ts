import type { AccountTransaction } from '../api/types.ts'

/** What moved a balance, as finance says it. */
export const causeWords: Readonly<Record<AccountTransaction['cause'], string>> = {
  top_up: 'Top-up',
  top_up_reversed: 'Top-up taken back',
  secure: 'Order paid',
  settle: 'Order settled',
  refund: 'Refund',
  refund_expired: 'Refund not sent',
  dispute: 'Dispute',
  dispute_won: 'Dispute won',
}

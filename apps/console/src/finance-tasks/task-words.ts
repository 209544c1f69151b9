import type { FinanceTaskKind } from '@droplock/rules/finance-tasks'

/** What each kind of task is, and what a person does about it. */
export const taskWords: Readonly<Record<FinanceTaskKind, { readonly what: string; readonly next: string }>> =
  {
    refund_failed: {
      what: 'Refund failed',
      next: 'The customer is owed it: send it again, or make it good on the balance.',
    },
    refund_stuck: {
      what: 'Refund without an answer',
      next: 'Look it up at the provider. It is still being asked; close this when you know.',
    },
    payment_unexpected: {
      what: 'Payment not as expected',
      next: 'Compare the payment with the provider’s books, put it right there, and say how.',
    },
    dispute_unexpected: {
      what: 'Dispute not as expected',
      next: 'Compare the dispute with the provider’s books, and say how it was settled.',
    },
  }

import type { Machine } from './machine.ts'

/** A payment, in the words of a card provider; one from the balance is `succeeded` at once. */
export type PaymentState =
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'failed'
  | 'canceled'
  | 'disputed'
  | 'charged_back'

/** What a payment is for. */
export type PaymentPurpose = 'backorder' | 'top_up' | 'renewal'

/** What the provider says (the first five), and what the cardholder's bank does. */
export type PaymentEvent =
  | 'process'
  | 'require_action'
  | 'capture'
  | 'decline'
  | 'cancel'
  | 'dispute'
  | 'win_dispute'
  | 'lose_dispute'

const pending = { capture: 'succeeded', decline: 'failed', cancel: 'canceled' } as const

export const paymentMachine: Machine<PaymentState, PaymentEvent> = {
  initial: ['requires_action', 'processing', 'succeeded'],
  transitions: {
    requires_action: { process: 'processing', ...pending },
    processing: { require_action: 'requires_action', ...pending },
    succeeded: { dispute: 'disputed' },
    // Within the hold the payer may try again, and not every step of that is reported.
    failed: {
      require_action: 'requires_action',
      process: 'processing',
      capture: 'succeeded',
      cancel: 'canceled',
    },
    canceled: {},
    disputed: { win_dispute: 'succeeded', lose_dispute: 'charged_back' },
    charged_back: {},
  },
}

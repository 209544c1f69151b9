import type { Payment } from '../api.ts'

/**
 * Where a payment by card stands for its payer. `pay`: the card is entered. `declined`: the same, with another card. `confirming`: the
 * provider has it and the result is not known. `asking`: it was just paid, or the provider does not answer. `over`: it cannot be paid any
 * more.
 */
export type CardStep = 'pay' | 'declined' | 'confirming' | 'asking' | 'paid' | 'over'

/** By what the API says and nothing else: a page of the provider that says "paid" is no proof. */
export function cardStepOf(payment: Payment, now: Date): CardStep {
  const { state, client_secret, pay_by } = payment
  if (state === 'succeeded' || state === 'disputed' || state === 'charged_back') return 'paid'
  if (state === 'canceled') return 'over'
  if (state === 'processing') return 'confirming'
  if (client_secret !== undefined) return state === 'failed' ? 'declined' : 'pay'
  // Without a secret no card can be entered: its time is over, or it was just paid, or the provider does not answer.
  return pay_by !== undefined && new Date(pay_by) <= now ? 'over' : 'asking'
}

/** A payer waits for the result, or types a card's number. Milliseconds. */
const WAITING_MS = 1_500
const TYPING_MS = 10_000

/** How long until the payment is read again; false: it is decided. */
export function readAgainMs(step: CardStep, wasConfirmed: boolean): number | false {
  if (step === 'paid' || step === 'over') return false
  return step === 'confirming' || step === 'asking' || wasConfirmed ? WAITING_MS : TYPING_MS
}

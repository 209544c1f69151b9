import { Refusal } from '../refusals.ts'

/** Ways to pay one order, tried one after the other: enough for every card in a wallet. */
export const PAYMENTS_PER_ORDER_MAX = 5

export type AnotherPaymentFacts = {
  /** Of the backorder or renewal that is to be paid. */
  readonly state: string
  /** Until then it waits to be paid; null where it never waited. */
  readonly payBy: Date | null
  /** Payments that were opened for it. */
  readonly tries: bigint
}

/**
 * Whether an unpaid order takes another card payment. Returns until when it has to be paid. Throws Refusal('payment_ended'): it
 * is paid, its time is over, or there were too many tries.
 */
export function decideAnotherPayment({ state, payBy, tries }: AnotherPaymentFacts, now: Date): Date {
  if (state === 'pending_payment' && payBy !== null && payBy > now && tries < PAYMENTS_PER_ORDER_MAX)
    return payBy
  throw new Refusal('payment_ended', 'This order takes no further payment.', { state })
}

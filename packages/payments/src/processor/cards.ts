/** How a card behaves when it is used. */
export type CardBehaviour =
  | 'approve'
  | 'decline'
  | 'insufficient_funds'
  | 'expired'
  | 'extra_step'
  | 'late'
  | 'refund_fails_later'
  | 'refund_is_slow'
  | 'dispute'

/** The sandbox's cards, with the numbers of Stripe's test mode where it has such a card. `late` is ours. */
export const behaviourByCard: ReadonlyMap<string, CardBehaviour> = new Map([
  ['4242424242424242', 'approve'],
  ['4000000000000002', 'decline'],
  ['4000000000009995', 'insufficient_funds'],
  ['4000000000000069', 'expired'],
  ['4000002500003155', 'extra_step'],
  ['4000000000001000', 'late'],
  ['4000000000005126', 'refund_fails_later'],
  ['4000000000007726', 'refund_is_slow'],
  ['4000000000000259', 'dispute'],
])

/** The payment methods of Stripe's test mode. `pm_card_late` is ours. */
export const behaviourByPaymentMethod: ReadonlyMap<string, CardBehaviour> = new Map([
  ['pm_card_visa', 'approve'],
  ['pm_card_chargeDeclined', 'decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired'],
  ['pm_card_authenticationRequired', 'extra_step'],
  ['pm_card_late', 'late'],
  ['pm_card_refundFail', 'refund_fails_later'],
  ['pm_card_pendingRefund', 'refund_is_slow'],
  ['pm_card_createDispute', 'dispute'],
])

/** Amounts, in minor units, with which the plain card behaves like another: for tests that can set a price but no card. */
const behaviourByAmount: ReadonlyMap<bigint, CardBehaviour> = new Map([
  [999_902n, 'decline'],
  [999_903n, 'extra_step'],
  [999_904n, 'late'],
  [999_926n, 'refund_fails_later'],
  [999_927n, 'refund_is_slow'],
  [999_959n, 'dispute'],
  [999_995n, 'insufficient_funds'],
])

/** The behaviour of the card; with the plain card, that of the amount. */
export function behaviourOf(card: CardBehaviour, amountMinor: bigint): CardBehaviour {
  return card === 'approve' ? (behaviourByAmount.get(amountMinor) ?? card) : card
}

/** Magic cards of the sandbox provider; see `packages/payments/src/processor/cards.ts`. */
export const cards = {
  good: '4242424242424242',
  declined: '4000000000000002',
  late: '4000000000001000',
  refundFailsLater: '4000000000005126',
} as const

/** Money on the wire. An amount that a JSON number cannot carry exactly fails the contract's schema, and is never rounded. */
export function presentMoney(amountMinor: bigint, currency: string) {
  return { amount_minor: Number(amountMinor), currency }
}

/** Money on the wire. An amount that a JSON number cannot carry exactly fails the contract's schema, and is never rounded. */
export function presentMoney(amountMinor: bigint, currency: string) {
  return { amount_minor: Number(amountMinor), currency }
}

/** Sums by currency, in the currencies' order. */
export function presentSums(sums: Readonly<Record<string, bigint>>) {
  return Object.entries(sums)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, amountMinor]) => presentMoney(amountMinor, currency))
}

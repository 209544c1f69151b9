/** All in minor units; `netMinor + taxMinor` is `grossMinor`. */
export type TaxSplit = {
  readonly grossMinor: bigint
  readonly netMinor: bigint
  readonly taxMinor: bigint
}

/** 100 %. */
export const TAX_BASIS_POINTS_MAX = 10_000

/**
 * Splits what a buyer pays into net and the tax it contains. `net = gross / (1 + rate)`, rounded to the minor unit, half up;
 * the tax is the rest, so the two always make the gross. Throws RangeError on a rate that is no share, or a gross below zero.
 */
export function splitTax(grossMinor: bigint, taxBasisPoints: number): TaxSplit {
  if (!Number.isInteger(taxBasisPoints) || taxBasisPoints < 0 || taxBasisPoints > TAX_BASIS_POINTS_MAX) {
    throw new RangeError(`not a rate of tax: ${taxBasisPoints} basis points`)
  }
  if (grossMinor < 0n) throw new RangeError(`not a price: ${grossMinor}`)
  const whole = BigInt(TAX_BASIS_POINTS_MAX)
  const divisor = whole + BigInt(taxBasisPoints)
  const netMinor = (2n * grossMinor * whole + divisor) / (2n * divisor)
  return { grossMinor, netMinor, taxMinor: grossMinor - netMinor }
}

/**
 * What a credit note of `grossMinor` takes back of an invoice of which `creditedMinor` was taken back before. Computed on the
 * running total: whatever the parts, credit notes over the whole invoice take back exactly its net and its tax.
 */
export function splitCredit(grossMinor: bigint, creditedMinor: bigint, taxBasisPoints: number): TaxSplit {
  const before = splitTax(creditedMinor, taxBasisPoints)
  const after = splitTax(creditedMinor + grossMinor, taxBasisPoints)
  return {
    grossMinor,
    netMinor: after.netMinor - before.netMinor,
    taxMinor: after.taxMinor - before.taxMinor,
  }
}

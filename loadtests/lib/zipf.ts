// Which name a claim is for: a few names are wanted by many, most by hardly anybody.

/** Of names ranked by how sought-after they are, the share of claims for the n-th and all before it (Zipf's law, exponent 1). */
export function cumulativeShares(count: number): number[] {
  const weights = Array.from({ length: count }, (_, index) => 1 / (index + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  return weights.map((weight) => {
    sum += weight / total
    return sum
  })
}

/** The rank, from 0, at which the cumulative shares pass `fraction` (0 to 1). */
export function rankAt(shares: readonly number[], fraction: number): number {
  let [low, high] = [0, shares.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((shares[middle] ?? 1) < fraction) low = middle + 1
    else high = middle
  }
  return low
}

/** The fractional part of its multiples covers 0 to 1 evenly, whatever the count: the same run makes the same claims. */
const GOLDEN_RATIO = 0.618_033_988_749_895

export function fractionOf(turn: number): number {
  return (turn * GOLDEN_RATIO) % 1
}

/** Names that are fought for together: the resellers meet within a block, and none runs away with the rest. */
const blockLength = 30

/**
 * The order in which one of `resellers` tries the names: block after block, each begun at another place by each reseller.
 * In one order for all, whoever starts first stays first: the others wait at its locks and then follow it. Pure.
 */
export function raceOrder(names: readonly string[], index: number, resellers: number): readonly string[] {
  const order: string[] = []
  for (let from = 0; from < names.length; from += blockLength) {
    const block = names.slice(from, from + blockLength)
    const start = Math.floor((index * block.length) / resellers)
    order.push(...block.slice(start), ...block.slice(0, start))
  }
  return order
}

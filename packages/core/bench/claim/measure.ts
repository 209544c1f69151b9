/** Prints one result. `aim` is left to whoever judges. */
export function report(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'claim', metric, value: Math.round(value * 1_000) / 1_000, unit }))
}

/** Does `work` for every item, so many at a time, and gives how many a second. */
export async function rateOf<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item, index: number) => Promise<unknown>,
): Promise<number> {
  const queue = items.entries()
  const startedMs = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const [index, item] of queue) await work(item, index)
    }),
  )
  return (items.length * 1_000) / (performance.now() - startedMs)
}

/** How long `work` takes, whether it succeeds or throws. */
export async function durationMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work().catch(() => undefined)
  return performance.now() - startedMs
}

/** The value below which `share` of them lie (nearest rank). Throws RangeError on no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('no values')
  return value
}

/** What is aimed at, where something is. */
type Aim = { readonly min?: number; readonly max?: number }

export type Report = (metric: string, value: number, unit: string, aim?: Aim) => void

/** What prints the results of a bench, one JSON object a line. An aim is printed beside its figure, and judged by the reader. */
export function reporter(bench: string): Report {
  return (metric, value, unit, aim) =>
    console.log(JSON.stringify({ bench, metric, value: Math.round(value * 1_000) / 1_000, unit, aim }))
}

/**
 * Measures the one, then the other, so many times: what else the machine does meets both. A first pair warms up and does not
 * count. The medians of both, and of the ratio within each pair.
 */
export async function inTurns(turns: number, ours: () => Promise<number>, bare: () => Promise<number>) {
  const pairs: { readonly ours: number; readonly bare: number }[] = []
  for (let turn = 0; turn <= turns; turn += 1) {
    const pair = { ours: await ours(), bare: await bare() }
    if (turn > 0) pairs.push(pair)
  }
  const median = (of: (pair: (typeof pairs)[number]) => number) => quantile(pairs.map(of), 0.5)
  return {
    ours: median((pair) => pair.ours),
    bare: median((pair) => pair.bare),
    ratio: median((pair) => pair.ours / pair.bare),
  }
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

/** Prints one result. The reader compares it with `aim`. */
export function report(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'epp', metric, value: Math.round(value * 1_000) / 1_000, unit }))
}

export type Pace = { readonly perSecond: number; readonly p99Ms: number }

/** Runs `step` in parallel loops for `durationMs`: steps a second, and the 99th percentile of the duration of one. */
export async function pace(
  loops: number,
  durationMs: number,
  step: (loop: number, round: number) => Promise<void>,
): Promise<Pace> {
  const tookMs: number[] = []
  const startedMs = performance.now()
  const untilMs = startedMs + durationMs
  await Promise.all(
    Array.from({ length: loops }, async (_, loop) => {
      for (let round = 0, nowMs = startedMs; nowMs < untilMs; round += 1) {
        const beganMs = performance.now()
        await step(loop, round)
        nowMs = performance.now()
        tookMs.push(nowMs - beganMs)
      }
    }),
  )
  const perSecond = (tookMs.length * 1_000) / (performance.now() - startedMs)
  return { perSecond, p99Ms: quantile(tookMs, 0.99) }
}

/** Microseconds of one `step`, as the best of some rounds: other load on the machine can only add to it. */
export function microseconds(step: () => unknown): number {
  const rounds = Array.from({ length: 7 }, () => {
    const startedMs = performance.now()
    for (let index = 0; index < STEPS; index += 1) step()
    return ((performance.now() - startedMs) * 1_000) / STEPS
  })
  return Math.min(...rounds)
}

const STEPS = 20_000

/** The value below which `share` of them lie (nearest rank). Throws RangeError on no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).toSorted()
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new RangeError('no values')
  return value
}

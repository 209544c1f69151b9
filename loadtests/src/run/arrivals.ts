/** Iterations per second, in straight lines from one rate to the next. */
export type Arrivals = {
  readonly startRate: number
  readonly stages: readonly { readonly rate: number; readonly lastsMs: number }[]
}

/**
 * When iterations start, in milliseconds since the scenario's own start. In a stage the rate goes in a straight line from
 * the one before to its own, so n(t) = r₀·t + (r₁ − r₀)·t² / 2d iterations have started after t; the n-th starts where
 * that passes n.
 */
export function* arrivalTimes({ startRate, stages }: Arrivals): Generator<number> {
  let from = startRate
  let stageStartMs = 0
  let next = 0
  let before = 0
  for (const { rate, lastsMs } of stages) {
    const seconds = lastsMs / 1_000
    const after = before + ((from + rate) / 2) * seconds
    for (; next < after; next += 1) yield stageStartMs + 1_000 * timeOf(next - before, from, rate, seconds)
    before = after
    from = rate
    stageStartMs += lastsMs
  }
}

/** The time at which so many have started: the root of n(t) − count. */
function timeOf(count: number, from: number, to: number, seconds: number): number {
  const slope = (to - from) / seconds
  if (slope === 0) return count / from
  return (Math.sqrt(from * from + 2 * slope * count) - from) / slope
}

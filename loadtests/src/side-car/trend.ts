/** A value at a moment. Milliseconds since the epoch. */
export type Point = { readonly at: number; readonly value: number }

/** Fewer values in a part of the run say nothing. */
const POINTS_MIN = 5

/**
 * How large the values in the last fifth of the run are as a multiple of those in its second fifth: of the first, a process
 * compiles, caches and opens connections. Medians, so that a single collection of garbage changes nothing. Undefined of too
 * few values.
 */
export function growthOf(points: readonly Point[]): number | undefined {
  const [first, last] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0]
  const fifth = (last - first) / 5
  const between = (from: number, to: number) =>
    points
      .filter(({ at }) => at >= first + from * fifth && at <= first + to * fifth)
      .map(({ value }) => value)
  const [early, late] = [between(1, 2), between(4, 5)]
  if (early.length < POINTS_MIN || late.length < POINTS_MIN) return undefined
  return median(late) / median(early)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

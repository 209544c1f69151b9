/** Wrong passwords in a row that cost nothing: typing errors. */
export const FREE_FAILURES_MAX = 5

/** The first pause; each further failure doubles it. */
const FIRST_PAUSE_MS = 30_000

/** No pause is longer: a stranger must not be able to lock an operator out for drop day. */
export const PAUSE_MS_MAX = 15 * 60_000

/** How long nobody may try this account again after `failures` wrong passwords in a row. Milliseconds; 0 = at once. */
export function pauseAfterMs(failures: number): number {
  if (failures < FREE_FAILURES_MAX) return 0
  // Bounded before the power, so that no count of failures overflows.
  const doublings = Math.min(failures - FREE_FAILURES_MAX, 10)
  return Math.min(FIRST_PAUSE_MS * 2 ** doublings, PAUSE_MS_MAX)
}

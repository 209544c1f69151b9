/** The first pause before asking a provider again; each further try doubles it. */
const FIRST_PAUSE_MS = 5_000

/** No pause is longer: what waits for a provider is looked at every hour at least. */
export const TRY_AGAIN_MS_MAX = 3_600_000

/** How long after the `attempts`-th try (from 1) the next one may begin. Also how long a try may last unanswered. Milliseconds. */
export function tryAgainMs(attempts: number): number {
  // Bounded before the power, so that no count of attempts overflows.
  return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(Math.max(attempts - 1, 0), 12), TRY_AGAIN_MS_MAX)
}

/** The longest that a claim should wait for the locks of a batch. Milliseconds. */
export const BATCH_MS_MAX = 50

/** A batch aims at this: what a busy machine adds still fits. Milliseconds. */
const BATCH_MS_AIM = 25

/** The first batch: short on any machine. Listings. */
export const BATCH_LISTINGS_FIRST = 100

/** Larger batches save nothing. Listings. */
const BATCH_LISTINGS_MAX = 1_000

/** Below this a batch consists of its round trips, and takes no less time. Listings. */
const BATCH_LISTINGS_MIN = 50

/** Sizes grow and shrink by this at most, so that one unusual batch decides little. */
const STEP_MAX = 2

/** How many listings the next batch should lock, after one of `size` that took `tookMs`. */
export function nextBatchSize(size: number, tookMs: number): number {
  const factor = Math.min(Math.max(BATCH_MS_AIM / Math.max(tookMs, 1), 1 / STEP_MAX), STEP_MAX)
  return Math.min(Math.max(Math.round(size * factor), BATCH_LISTINGS_MIN), BATCH_LISTINGS_MAX)
}

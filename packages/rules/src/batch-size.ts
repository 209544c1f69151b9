/** An order waits for the lock of its listing no longer than a batch takes. Milliseconds. */
const BATCH_MS_MAX = 50

/** A batch aims at half of that, as the next one may be slower. Milliseconds. */
const BATCH_MS_AIM = 25

/** The first batch, short on any machine. A smaller one consists of its round trips and takes no less time. Listings. */
export const BATCH_SIZE_MIN = 10

/** Larger batches save nothing. Listings. */
export const BATCH_SIZE_MAX = 1_000

/**
 * How many listings the next batch may lock, after one of `size` that took `tookMs` with its commit: at most twice as many, and at most
 * half where it took too long.
 */
export function nextBatchSize(size: number, tookMs: number): number {
  const fitting = Math.floor((size * BATCH_MS_AIM) / Math.max(tookMs, 1))
  const bounded =
    tookMs > BATCH_MS_MAX ? Math.min(fitting, Math.floor(size / 2)) : Math.min(fitting, 2 * size)
  return Math.max(BATCH_SIZE_MIN, Math.min(BATCH_SIZE_MAX, bounded))
}

import type { Context } from '@droplock/core/context'
import { fileFeeChecks } from '@droplock/core/fee-checks/file'
import { rewriteTerms } from '@droplock/core/prices/rewrite-terms'
import { startDuePrices } from '@droplock/core/prices/start-due'
import { BATCH_SIZE_MIN, nextBatchSize } from '@droplock/rules/batch-size'
import { drain, type Job } from '../jobs/jobs.ts'

/**
 * Starts prices when their time has come, and then writes the listings that other rules match from now on, batch by batch, each small
 * enough that orders wait for its locks only shortly. Of several workers each takes other listings.
 */
export function priceJobs(ctx: Context, everyMs: number): readonly Job[] {
  return [
    { name: 'price.start', everyMs, run: (signal) => startAll(ctx, signal) },
    { name: 'listing.terms', everyMs, run: (signal) => rewriteAll(ctx, signal) },
  ]
}

/** Files the names of published lists for fee checks, which the catchers make. Rule 3. */
export function feeCheckJob(ctx: Context, everyMs: number): Job {
  return {
    name: 'fee.file',
    everyMs,
    run: async (signal) => {
      const batches = await drain(() => fileFeeChecks(ctx), signal)
      return batches === 0 ? undefined : { batches }
    },
  }
}

async function startAll(ctx: Context, signal: AbortSignal) {
  let prices = 0
  while (!signal.aborted) {
    const started = await startDuePrices(ctx)
    if (started === 0) break
    prices += started
  }
  return prices === 0 ? undefined : { prices }
}

async function rewriteAll(ctx: Context, signal: AbortSignal) {
  const sum = { batches: 0, listings: 0, changed: 0, longestBatchMs: 0 }
  let size = BATCH_SIZE_MIN
  while (!signal.aborted) {
    const startedMs = performance.now()
    const { listings, changed } = await rewriteTerms(ctx, size)
    if (listings === 0) break
    const tookMs = performance.now() - startedMs
    sum.batches += 1
    sum.listings += listings
    sum.changed += changed
    sum.longestBatchMs = Math.max(sum.longestBatchMs, Math.round(tookMs))
    if (listings === size) size = nextBatchSize(size, tookMs)
  }
  return sum.batches === 0 ? undefined : sum
}

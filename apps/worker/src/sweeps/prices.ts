import type { Context } from '@droplock/core/context'
import { fileFeeChecks } from '@droplock/core/fee-checks/file'
import { rewriteTerms } from '@droplock/core/prices/rewrite-terms'
import { startDuePrices } from '@droplock/core/prices/start-due'
import { drain, drainBatches, type Job } from '../jobs/jobs.ts'

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
  const prices = await drain(() => startDuePrices(ctx), signal)
  return prices === 0 ? undefined : { prices }
}

async function rewriteAll(ctx: Context, signal: AbortSignal) {
  let changed = 0
  const rewrite = async (size: number) => {
    const batch = await rewriteTerms(ctx, size)
    changed += batch.changed
    return batch.listings || undefined
  }
  const done = await drainBatches(rewrite, signal)
  return done.batches === 0 ? undefined : { ...done, changed }
}

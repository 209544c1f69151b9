import { setInterval } from 'node:timers'
import { requireSellerMode } from '@droplock/core/billing/seller'
import type { Context } from '@droplock/core/context'
import type { Logger } from '@droplock/observability/logger'
import type { InvoiceMode } from '@droplock/rules/invoices'
import { Refusal } from '@droplock/rules/refusals'

/** A seller that is set for the other mode is noticed within this. Milliseconds. */
const LOOK_EVERY_MS = 1_000

type Watching = {
  readonly ctx: Context
  readonly mode: InvoiceMode
  readonly logger: Logger
  readonly signal: AbortSignal
}

/**
 * Looks whether the database's seller is still of this mode, as at the start (`requireSellerMode`). Returns whether it is: where it is not,
 * nothing is served from this database until that is corrected. A database that does not answer changes nothing.
 */
export function watchSellerMode({ ctx, mode, logger, signal }: Watching): () => boolean {
  let isRight = true
  let isLooking = false
  const look = async () => {
    try {
      await requireSellerMode(ctx, mode)
      isRight = true
    } catch (error) {
      if (!(error instanceof Refusal)) return
      if (isRight) logger.error({ code: error.code }, error.message)
      isRight = false
    }
  }
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    void look().finally(() => (isLooking = false))
  }, LOOK_EVERY_MS).unref()
  signal.addEventListener('abort', () => clearInterval(timer))
  return () => isRight
}

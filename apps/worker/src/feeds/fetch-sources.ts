import type { Context } from '@droplock/core/context'
import { claimDueSource, releaseSource, renewSource, type SourceClaim } from '@droplock/core/sources/claim'
import type { Logger } from '@droplock/observability/logger'
import type { PublicationRule } from '@droplock/rules/schedule/publication'
import type { Credentials } from './credentials.ts'
import type { FolderMemory } from './folder.ts'
import { failureOf } from './source-failed.ts'
import { takeNew } from './take-source.ts'

export type FetchRule = {
  /** From one try to the next, for sources that name no interval. Milliseconds. */
  readonly pollMs: number
  /** A try, from download to publication, lasts no longer. Milliseconds. */
  readonly pollMsMax: number
  readonly bytesMax: number
  readonly publication: PublicationRule | 'at_once'
}

type FetchOptions = {
  readonly ctx: Context
  readonly rule: FetchRule
  readonly credentials: Credentials
  readonly logger: Logger
}

/** After failures a source is left alone longer each time, up to this. Milliseconds. */
const BACK_OFF_MS_MAX = 3_600_000

/** A source whose worker died is free again after this, however long the try was to last. Milliseconds. */
const CLAIM_MS = 30_000

/** A claim is renewed so often, six times before it lapses; a source that was disabled is noticed then. Milliseconds. */
const RENEW_EVERY_MS = 5_000

/** Another worker has the source, because this one stood still for longer than its claim; or the source was disabled. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

/**
 * Fetches the source that is due, if one is and no other worker is at it, and takes in every list that is new. True: there was one.
 * Throws why the try failed, after that was recorded and the source was given back to be tried again later.
 */
export function sourceFetcher({ ctx, rule, credentials, logger }: FetchOptions) {
  const memories = new Map<string, FolderMemory>()
  return async (stop: AbortSignal): Promise<boolean> => {
    const claim = await claimDueSource(ctx, CLAIM_MS)
    if (claim === undefined) return false
    const lost = new AbortController()
    const renewing = setInterval(() => void renew(ctx, claim, lost), RENEW_EVERY_MS)
    const signal = AbortSignal.any([stop, lost.signal, AbortSignal.timeout(rule.pollMsMax)])
    const memory = memories.get(claim.id) ?? new Map()
    memories.set(claim.id, memory)
    const pollMs = claim.pollSeconds === null ? rule.pollMs : claim.pollSeconds * 1_000
    const { publication, bytesMax } = rule
    try {
      const fetching = { ctx, claim, publication, signal, bytesMax, credentials, logger, memory }
      const taken = await takeNew(fetching)
      await releaseSource(ctx, claim, { outcome: 'read', nextTryMs: pollMs, ...taken })
      return true
    } catch (error) {
      // Report the try's own failure; a claim that cannot be released lapses.
      await giveBack(ctx, claim, error, { pollMs, isStopped: stop.aborted }).catch(() => undefined)
      throw error
    } finally {
      clearInterval(renewing)
    }
  }
}

/** A database that is away for a moment costs no claim; one that is away for longer ends it, and the try with it. */
async function renew(ctx: Context, claim: SourceClaim, lost: AbortController): Promise<void> {
  const isOurs = await renewSource(ctx, claim, CLAIM_MS).catch(() => true)
  if (!isOurs) lost.abort(new ClaimLost('another worker has the source, or it was disabled'))
}

async function giveBack(
  ctx: Context,
  claim: SourceClaim,
  error: unknown,
  { pollMs, isStopped }: { readonly pollMs: number; readonly isStopped: boolean },
): Promise<void> {
  if (isStopped || error instanceof ClaimLost) {
    await releaseSource(ctx, claim, { outcome: 'returned', nextTryMs: 0 })
    return
  }
  const { code, message, retryAfterMs } = failureOf(error, 'not_staged')
  const nextTryMs = Math.max(backOffMs(pollMs, claim.failures), retryAfterMs ?? 0)
  await releaseSource(ctx, claim, { outcome: 'failed', nextTryMs, code, reason: message })
}

/** The pause after one more failure than `failures`: twice the interval, then four times, … */
export function backOffMs(pollMs: number, failures: number): number {
  return Math.min(pollMs * 2 ** (failures + 1), Math.max(pollMs, BACK_OFF_MS_MAX))
}

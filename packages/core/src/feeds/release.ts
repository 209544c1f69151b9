import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { FeedClaim } from './claim.ts'

export type ReleaseFeed = {
  /** How long the source is left alone. Milliseconds. */
  readonly nextPollMs: number
} & (
  | {
      readonly outcome: 'read'
      readonly etag: string | null
      readonly lastModified: string | null
      /** Whether there was a list that had not been taken before. */
      readonly isNew: boolean
    }
  | { readonly outcome: 'failed'; readonly reason: string }
)

/** Enough to tell what went wrong; a whole page of an error is the log's business. Characters. */
const REASON_MAX = 500

/**
 * Gives a source back until its next poll, with what the poll came to. False: the claim had lapsed and another worker has
 * the source, whose row stays as that one keeps it.
 */
export async function releaseFeed(ctx: Context, claim: FeedClaim, release: ReleaseFeed): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('feed')
    .set({
      claimed_by: null,
      polled_at: sql`clock_timestamp()`,
      next_poll_at: sql`clock_timestamp() + ${release.nextPollMs} * interval '1 millisecond'`,
    })
    .set(
      release.outcome === 'read'
        ? {
            etag: release.etag,
            last_modified: release.lastModified,
            failures: 0,
            failure: null,
            ...(release.isNew && { list_at: sql<Date>`clock_timestamp()` }),
          }
        : { failures: sql`failures + 1`, failure: release.reason.slice(0, REASON_MAX) },
    )
    .where('registry_id', '=', claim.registryId)
    .where('source', '=', claim.source)
    .where('claimed_by', '=', claim.token)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

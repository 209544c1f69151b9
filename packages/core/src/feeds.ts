import { sql } from 'kysely'
import type { Context } from './context.ts'

type ClaimFeed = {
  readonly registryId: string
  readonly source: string
  /** After this another worker may claim the source, unless the claim is renewed (see `renewFeed`). Milliseconds. */
  readonly claimMs: number
}

/** A claimed source. The validators go with the request (RFC 9110 §13.1); `failures` counts failed polls in a row. */
export type FeedClaim = {
  readonly registryId: string
  readonly source: string
  readonly token: string
  readonly etag: string | null
  readonly lastModified: string | null
  readonly failures: number
}

/**
 * Claims a source that is due, so that one of all workers polls it. Undefined while it is not due or another worker has it. Throws
 * where the registry is not defined.
 */
export async function claimFeed(ctx: Context, feed: ClaimFeed): Promise<FeedClaim | undefined> {
  const token = ctx.newId()
  await ctx.db
    .insertInto('feed')
    .values({ registry_id: feed.registryId, source: feed.source })
    .onConflict((on) => on.doNothing())
    .execute()
  const row = await ctx.db
    .updateTable('feed')
    .set({
      claimed_by: token,
      next_poll_at: sql`clock_timestamp() + ${feed.claimMs} * interval '1 millisecond'`,
    })
    .where('registry_id', '=', feed.registryId)
    .where('source', '=', feed.source)
    .where('next_poll_at', '<=', sql<Date>`clock_timestamp()`)
    .returning(['registry_id', 'source', 'etag', 'last_modified', 'failures'])
    .executeTakeFirst()
  return (
    row && {
      registryId: row.registry_id,
      source: row.source,
      token,
      etag: row.etag,
      lastModified: row.last_modified,
      failures: row.failures,
    }
  )
}

type ReleaseFeed = {
  /** How long until the next poll. Milliseconds. */
  readonly nextPollMs: number
} & (
  | {
      readonly outcome: 'read'
      readonly etag: string | null
      readonly lastModified: string | null
      /** Whether there was a list that had not been read before. */
      readonly isNew: boolean
    }
  | { readonly outcome: 'failed'; readonly reason: string }
)

/** Enough to say what went wrong; the log has the rest. Characters. */
const REASON_CHARACTERS_MAX = 500

/**
 * Releases a source until its next poll and records the result of this one. False where the claim had lapsed and another worker has
 * the source; nothing is written then.
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
        : { failures: sql`failures + 1`, failure: release.reason.slice(0, REASON_CHARACTERS_MAX) },
    )
    .where('registry_id', '=', claim.registryId)
    .where('source', '=', claim.source)
    .where('claimed_by', '=', claim.token)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Extends the claim by `claimMs`. False where it had lapsed and another worker has the source. */
export async function renewFeed(ctx: Context, claim: FeedClaim, claimMs: number): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('feed')
    .set({ next_poll_at: sql`clock_timestamp() + ${claimMs} * interval '1 millisecond'` })
    .where('registry_id', '=', claim.registryId)
    .where('source', '=', claim.source)
    .where('claimed_by', '=', claim.token)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

import { sql } from 'kysely'
import type { Context } from '../context.ts'

export type ClaimFeed = {
  readonly registryId: string
  readonly source: string
  /** Unless it is renewed (see `renewFeed`), another worker may take the source after this. Milliseconds. */
  readonly claimMs: number
}

/** A source that is ours to ask. The validators go with the request (RFC 9110 §13.1); `failures` is how many polls in a row failed. */
export type FeedClaim = {
  readonly registryId: string
  readonly source: string
  readonly token: string
  readonly etag: string | null
  readonly lastModified: string | null
  readonly failures: number
}

/**
 * Takes a source that is due, so that of N workers one asks it. Undefined while it is not due or another has it. Throws
 * when the registry is not defined.
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

import type { Context } from '@droplock/core/context'

/** What the system made of the lists. */
type FeedFigures = {
  readonly listsPublished: number
  readonly feed_rows: number
  readonly rejected: number
  readonly listings: number
}

/** Adds up the published sync runs. */
export async function readFeedFigures({ db }: Context): Promise<FeedFigures> {
  const runs = await db
    .selectFrom('sync_run')
    .select(['rows_read', 'rows_rejected', 'listings_added'])
    .where('state', '=', 'published')
    .execute()
  return {
    listsPublished: runs.length,
    feed_rows: runs.reduce((sum, run) => sum + run.rows_read, 0),
    rejected: runs.reduce((sum, run) => sum + run.rows_rejected, 0),
    listings: runs.reduce((sum, run) => sum + (run.listings_added ?? 0), 0),
  }
}

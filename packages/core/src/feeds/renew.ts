import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { FeedClaim } from './claim.ts'

/** Keeps a source claimed for another `claimMs`. False: the claim had lapsed and another worker has the source. */
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

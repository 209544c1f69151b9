import type { Context } from '../context.ts'

/** Where the feed ends, a cursor for whoever wants only what comes; and up to where it was pruned. */
export async function readFeed(ctx: Context): Promise<{ readonly last: bigint; readonly pruned: bigint }> {
  return ctx.db
    .selectFrom('event_feed')
    .select(['last_position as last', 'pruned_position as pruned'])
    .executeTakeFirstOrThrow()
}

import type { Context } from '../context.ts'

/** Whether a list of these octets was published for the registry before: then reading it again would change nothing. */
export async function isListPublished(
  ctx: Context,
  registryId: string,
  contentSha256: Uint8Array,
): Promise<boolean> {
  const run = await ctx.db
    .selectFrom('sync_run')
    .select('id')
    .where('registry_id', '=', registryId)
    .where('content_sha256', '=', Buffer.from(contentSha256))
    .where('state', '=', 'published')
    .executeTakeFirst()
  return run !== undefined
}

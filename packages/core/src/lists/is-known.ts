import { sql } from 'kysely'
import type { Context } from '../context.ts'

/**
 * Whether reading these octets again for the registry would tell nothing new: they were published, wait for a person, or a
 * person discarded them. So a list that is held back is not held back again at every poll.
 */
export async function isListKnown(
  ctx: Context,
  registryId: string,
  contentSha256: Uint8Array,
): Promise<boolean> {
  const { rows } = await sql`
    select from sync_run where registry_id = ${registryId} and content_sha256 = ${Buffer.from(contentSha256)}
      and (state in ('published', 'quarantined') or (state = 'discarded' and decided_by is not null))
    limit 1`.execute(ctx.db)
  return rows.length > 0
}

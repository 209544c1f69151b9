import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'

/** What an operator, the file name or the source's configuration declares about a list; it changes how its octets are read. */
export type Declared = {
  /** `YYYY-MM-DD`, for a list whose rows carry no date. Without it, the day on which the list is read. */
  readonly dropDate?: string | undefined
  readonly scopeKind?: 'snapshot' | 'increment' | undefined
}

/** Two lists that agree in all of this are the same list. */
export type ListIdentity = {
  readonly registryId: string
  /** Null for uploaded lists: whatever their file names, they count as one source. */
  readonly source: string | null
  readonly format: string
  readonly contentSha256: Uint8Array
  readonly declared: Declared
}

/**
 * Whether this list need not be read again: it is in force or will be, because some process completes its publication; or it is
 * quarantined, or was discarded by a person. So a quarantined list is not quarantined again at every poll.
 */
export function isListKnown(ctx: Context, list: ListIdentity): Promise<boolean> {
  return exists(
    ctx,
    list,
    sql`(state = 'published' and superseded_at is null) or state in ('publishing', 'quarantined')
      or (state = 'discarded' and decided_by is not null)`,
  )
}

/**
 * Whether this list is the latest publication of its source for its days, so that publishing it again would change nothing. A list
 * that was superseded by another of its source is not, and is published when it is read again.
 */
export function isListInForce(ctx: Context, list: ListIdentity): Promise<boolean> {
  return exists(ctx, list, sql`state = 'published' and superseded_at is null`)
}

async function exists(ctx: Context, list: ListIdentity, state: RawBuilder<unknown>): Promise<boolean> {
  const { registryId, source, format, contentSha256, declared } = list
  const origin =
    source === null ? sql`uploaded_by is not null` : sql`uploaded_by is null and source = ${source}`
  const { rows } = await sql`
    select from sync_run where registry_id = ${registryId} and content_sha256 = ${Buffer.from(contentSha256)}
      and format = ${format} and declared_drop_date is not distinct from ${declared.dropDate ?? null}::date
      and declared_scope_kind is not distinct from ${declared.scopeKind ?? null}::text
      and ${origin} and (${state})
    limit 1`.execute(ctx.db)
  return rows.length > 0
}

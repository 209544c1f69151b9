import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../context.ts'

/** What changes how a list is read, and stands beside its octets: said by an operator, its file name or its source's configuration. */
export type Declared = {
  /** `YYYY-MM-DD`, of a list whose rows carry no date. Absent: nobody said, and the day it was read was taken. */
  readonly dropDate?: string | undefined
  readonly scopeKind?: 'snapshot' | 'increment' | undefined
}

/** What two lists have in common that are the same list. */
export type ListIdentity = {
  readonly registryId: string
  /** Null for lists that people upload: under whatever file names, they are one source. */
  readonly source: string | null
  readonly format: string
  readonly contentSha256: Uint8Array
  readonly declared: Declared
}

/**
 * Whether reading this list again would tell nothing new: it is in force, waits for a person, or a person discarded it. So a
 * list that is held back is not held back again at every poll.
 */
export function isListKnown(ctx: Context, list: ListIdentity): Promise<boolean> {
  return exists(
    ctx,
    list,
    sql`(state = 'published' and superseded_at is null) or state = 'quarantined'
      or (state = 'discarded' and decided_by is not null)`,
  )
}

/**
 * Whether this very list is the latest publication of its source for its days: then publishing it again would change
 * nothing. One that another list of its source took the place of is not, and comes back when it is read again.
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

import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Declared } from './identity.ts'

/** The format of a run whose list is not known yet, or was none. */
export const UNKNOWN_FORMAT = 'unknown'

export type RunOpening = {
  readonly registryId: string
  /** Where the list came from: a file name or an address. */
  readonly source: string
  /** The row of its source; left out for an upload. */
  readonly sourceId?: string | undefined
  /** Left out while it is not known. */
  readonly format?: string
  /** Whether its names are to be listed, or only show when names dropped. */
  readonly purpose?: 'listing' | 'observed'
  /** The list is read and compared; nothing of it can be published. */
  readonly isDryRun?: boolean
  /** See `mayFollow`. */
  readonly precedence?: number
  readonly declared?: Declared | undefined
  /** Who uploaded it; left out where the worker fetched it. */
  readonly uploadedBy?: StaffActor
}

/** Opens a run that is `running`: the process that reads marks it as alive once a second (`reportProgress`). */
export async function openRun(ctx: Context, id: string, opening: RunOpening): Promise<void> {
  const { registryId, source, declared, uploadedBy: by } = opening
  const format = opening.format ?? UNKNOWN_FORMAT
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .insertInto('sync_run')
      .values({
        id,
        registry_id: registryId,
        source,
        source_id: opening.sourceId ?? null,
        format,
        purpose: opening.purpose ?? 'listing',
        dry_run: opening.isDryRun ?? false,
        precedence: opening.precedence ?? 0,
        content_sha256: Buffer.alloc(0),
        scope_kind: 'increment',
        scope_zones: [],
        declared_drop_date: declared?.dropDate ?? null,
        declared_scope_kind: declared?.scopeKind ?? null,
        state: 'running',
        uploaded_by: by?.staffId ?? null,
      })
      .execute()
    if (by === undefined) return
    const after = { registry: registryId, source, format, dry_run: opening.isDryRun ?? false }
    await recordAudit(tx, { by, action: 'sync_run.uploaded', subjectType: 'sync_run', subjectId: id, after })
  })
}

/** What the file shows of a run that was opened while it was still being fetched. */
export async function describeRun(ctx: Context, id: string, opening: RunOpening): Promise<void> {
  const { source, declared, format, purpose } = opening
  await ctx.db
    .updateTable('sync_run')
    .set({
      source,
      format: format ?? UNKNOWN_FORMAT,
      purpose: purpose ?? 'listing',
      declared_drop_date: declared?.dropDate ?? null,
      declared_scope_kind: declared?.scopeKind ?? null,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

/** Removes a run that turned out to be a list that is known already: that is no event, and is in the source's health alone. */
export async function forgetRun(ctx: Context, id: string): Promise<void> {
  await ctx.db.deleteFrom('sync_run').where('id', '=', id).where('state', '=', 'running').execute()
}

export type RunProgress = {
  readonly rowsRead: number
  readonly octetsRead: number
  /** Null: how many there will be is not known. */
  readonly octetsTotal: number | null
}

/** How often the process that fetches or reads a list writes how far it is, and that it is alive. Milliseconds. */
export const PROGRESS_EVERY_MS = 1_000

/** Writes how far a run is. A run that has ended stays as it is. */
export async function reportProgress(
  { db }: Context,
  id: string,
  { rowsRead, octetsRead, octetsTotal }: RunProgress,
): Promise<void> {
  await db
    .updateTable('sync_run')
    .set({
      alive_at: sql`clock_timestamp()`,
      rows_read: rowsRead,
      octets_read: BigInt(octetsRead),
      octets_total: octetsTotal === null ? null : BigInt(octetsTotal),
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

import type { DropEntry, DropRow, ListScope, RejectedRow } from '@droplock/rules/ports/drop-feed'
import { cutoffAt, dropWindow } from '@droplock/rules/schedule/drop-window'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { readDropRules, type ZoneDropRule } from './read-drop-rules.ts'

/** Rows per INSERT: large enough that round trips do not count, small enough that memory does not. */
const ROWS_PER_BATCH = 2_000

/** Rejects kept per run. A list that is wholly wrong is told by its counts; its first rejects tell why. */
const REJECTS_KEPT_MAX = 10_000

export type StageList = {
  readonly registryId: string
  /** Where the list came from: a file name or an address. */
  readonly source: string
  readonly format: string
  /** SHA-256 of the raw octets: the same content is published once. */
  readonly contentSha256: () => Uint8Array
  readonly scope: () => ListScope
  readonly entries: AsyncIterable<DropEntry>
  /** Who uploaded it; left out, the worker fetched it. */
  readonly uploadedBy?: StaffActor
}

export type StagedRun = { readonly id: string; readonly rowsRead: number; readonly rowsRejected: number }

/**
 * Reads a list into a sync run that is `ready` to publish. Nothing that customers see changes. A reader that throws
 * leaves the run `failed` with the reason, and the error goes on.
 */
export async function stageList(ctx: Context, list: StageList): Promise<StagedRun> {
  const id = ctx.newId()
  await openRun(ctx, id, list)
  try {
    const counts = await stageEntries(ctx, id, list)
    await ctx.db
      .updateTable('sync_run')
      .set({
        state: 'ready',
        content_sha256: Buffer.from(list.contentSha256()),
        ...scopeColumns(list.scope()),
        rows_read: counts.rowsRead,
        rows_rejected: counts.rowsRejected,
        truncated: counts.truncated,
      })
      .where('id', '=', id)
      .execute()
    return { id, rowsRead: counts.rowsRead, rowsRejected: counts.rowsRejected }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    await ctx.db.updateTable('sync_run').set({ state: 'failed', failure }).where('id', '=', id).execute()
    throw error
  }
}

async function openRun(ctx: Context, id: string, list: StageList): Promise<void> {
  const { registryId, source, format, uploadedBy: by } = list
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .insertInto('sync_run')
      .values({
        id,
        registry_id: registryId,
        source,
        format,
        content_sha256: Buffer.alloc(0),
        scope_kind: 'increment',
        scope_zones: [],
        state: 'running',
        uploaded_by: by?.staffId ?? null,
      })
      .execute()
    if (by === undefined) return
    const after = { registry: registryId, source, format }
    await recordAudit(tx, { by, action: 'sync_run.uploaded', subjectType: 'sync_run', subjectId: id, after })
  })
}

function scopeColumns(scope: ListScope) {
  return {
    scope_kind: scope.kind,
    scope_zones: [...scope.zones],
    scope_from: scope.from ?? null,
    scope_to: scope.to ?? null,
  }
}

async function stageEntries(ctx: Context, runId: string, list: StageList) {
  const rules = await readDropRules(ctx.db, list.registryId)
  const rows: DropRow[] = []
  const rejects: RejectedRow[] = []
  let rowsRead = 0
  let rowsRejected = 0
  let truncated = false
  for await (const entry of list.entries) {
    rowsRead += 1
    if (entry.kind === 'row') {
      rows.push(entry)
      if (rows.length === ROWS_PER_BATCH) await insertRows(ctx, runId, rules, rows.splice(0))
    } else {
      rowsRejected += 1
      truncated ||= entry.reason === 'truncated'
      if (rowsRejected <= REJECTS_KEPT_MAX) rejects.push(entry)
      if (rejects.length === ROWS_PER_BATCH) await insertRejects(ctx, runId, rejects.splice(0))
    }
  }
  await insertRows(ctx, runId, rules, rows)
  await insertRejects(ctx, runId, rejects)
  return { rowsRead, rowsRejected, truncated }
}

/** One array per column: a fixed number of parameters, whatever the batch. */
async function insertRows(
  ctx: Context,
  runId: string,
  rules: ReadonlyMap<string, ZoneDropRule>,
  rows: readonly DropRow[],
): Promise<void> {
  if (rows.length === 0) return
  const scheduled = rows.map((row) => schedule(row, rules))
  await sql`
    insert into sync_row (run_id, line, listing_id, name, zone, drop_from, drop_to, cutoff_at)
    select ${runId}, * from unnest(
      ${scheduled.map((row) => row.line)}::integer[], ${scheduled.map(() => ctx.newId())}::uuid[],
      ${scheduled.map((row) => row.name)}::text[], ${scheduled.map((row) => row.zone)}::text[],
      ${scheduled.map((row) => row.dropFrom)}::timestamptz[], ${scheduled.map((row) => row.dropTo)}::timestamptz[],
      ${scheduled.map((row) => row.cutoffAt)}::timestamptz[])
    on conflict on constraint sync_row_pkey do nothing`.execute(ctx.db)
}

function schedule(row: DropRow, rules: ReadonlyMap<string, ZoneDropRule>) {
  const rule = rules.get(row.zone)
  if (rule === undefined)
    throw new Error(`the reader passed a row of ${row.zone}, a zone the registry does not serve`)
  const window = dropWindow(rule, row)
  return { ...row, ...window, cutoffAt: cutoffAt(window, rule.cutoffLeadSeconds) }
}

async function insertRejects(ctx: Context, runId: string, rejects: readonly RejectedRow[]): Promise<void> {
  if (rejects.length === 0) return
  await sql`
    insert into sync_reject (run_id, line, raw, reason)
    select ${runId}, * from unnest(
      ${rejects.map((reject) => reject.line)}::integer[], ${rejects.map((reject) => reject.raw)}::text[],
      ${rejects.map((reject) => reject.reason)}::text[])
    on conflict on constraint sync_reject_pkey do nothing`.execute(ctx.db)
}

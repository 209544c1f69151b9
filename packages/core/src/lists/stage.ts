import { breaksOff } from '@droplock/rules/lists'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import type {
  DropEntry,
  DropRow,
  ListScope,
  RejectedRow,
  RejectReason,
} from '@droplock/rules/ports/drop-feed'
import { cutoffAt, dropWindow } from '@droplock/rules/schedule/drop-window'
import { sql } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { ALIVE_EVERY_MS, failRun } from './fail.ts'
import type { Declared } from './identity.ts'
import { readDropRules, type ZoneDropRule } from './internal.ts'

/** Rows per INSERT: enough for few round trips, and little memory. */
const ROWS_PER_BATCH = 2_000

/** Rejects kept of each reason. The counts show how much is wrong, and the first rejects of each reason show why. */
const REJECTS_KEPT_MAX = 1_000

export type StageList = {
  readonly registryId: string
  /** Where the list came from: a file name or an address. */
  readonly source: string
  readonly format: string
  /** SHA-256 of the raw octets. With what is declared, it identifies the list. */
  readonly contentSha256: () => Uint8Array
  readonly scope: () => ListScope
  readonly entries: AsyncIterable<DropEntry>
  readonly declared?: Declared
  /** Aborts when nobody waits for the list any more: reading stops and nothing is kept. */
  readonly signal?: AbortSignal | undefined
  /** Who uploaded it; left out where the worker fetched it. */
  readonly uploadedBy?: StaffActor
}

export type StagedRun = { readonly id: string; readonly rowsRead: number; readonly rowsRejected: number }

/** Another process took this one to be gone and failed the run. */
class RunLost extends Error {
  override readonly name = 'RunLost'
}

/**
 * Reads a list into a sync run that is `ready` to publish. Nothing that customers see changes. Where the reader throws or the signal
 * aborts, the run is `failed` with the reason and without rows, and the error is thrown again.
 */
export async function stageList(ctx: Context, list: StageList): Promise<StagedRun> {
  const id = ctx.newId()
  await openRun(ctx, id, list)
  const alive = keepAlive(ctx, id)
  try {
    const counts = await stageEntries(ctx, id, list)
    await makeReady(ctx, id, list, counts)
    return { id, rowsRead: counts.rowsRead, rowsRejected: counts.rowsRejected }
  } catch (error) {
    // The first error is thrown; a run that cannot be failed now is failed later as a silent one.
    await failRun(ctx.db, id, error instanceof Error ? error.message : String(error)).catch(() => undefined)
    throw error
  } finally {
    clearInterval(alive)
  }
}

/** By a timer, so that a list that arrives slowly does not seem abandoned. */
function keepAlive({ db }: Context, runId: string): NodeJS.Timeout {
  const mark = () =>
    db
      .updateTable('sync_run')
      .set({ alive_at: sql`clock_timestamp()` })
      .where('id', '=', runId)
      .execute()
      .catch(() => undefined)
  return setInterval(mark, ALIVE_EVERY_MS).unref()
}

async function openRun(ctx: Context, id: string, list: StageList): Promise<void> {
  const { registryId, source, format, declared, uploadedBy: by } = list
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
        declared_drop_date: declared?.dropDate ?? null,
        declared_scope_kind: declared?.scopeKind ?? null,
        state: 'running',
        uploaded_by: by?.staffId ?? null,
      })
      .execute()
    if (by === undefined) return
    const after = { registry: registryId, source, format }
    await recordAudit(tx, { by, action: 'sync_run.uploaded', subjectType: 'sync_run', subjectId: id, after })
  })
}

type Counts = {
  rowsRead: number
  rowsRejected: number
  truncated: boolean
  rejectsByReason: Partial<Record<RejectReason, number>>
}

async function makeReady(ctx: Context, id: string, list: StageList, counts: Counts): Promise<void> {
  const { kind, zones, from, to } = list.scope()
  const { numUpdatedRows } = await ctx.db
    .updateTable('sync_run')
    .set({
      state: next(syncRunMachine, 'running', 'stage'),
      content_sha256: Buffer.from(list.contentSha256()),
      scope_kind: kind,
      scope_zones: [...zones],
      scope_from: from ?? null,
      scope_to: to ?? null,
      rows_read: counts.rowsRead,
      rows_rejected: counts.rowsRejected,
      rejects_by_reason: counts.rejectsByReason,
      truncated: counts.truncated,
      alive_at: sql`clock_timestamp()`,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new RunLost('this process was silent for too long')
}

async function stageEntries(ctx: Context, runId: string, list: StageList): Promise<Counts> {
  const rules = await readDropRules(ctx.db, list.registryId)
  const rows: DropRow[] = []
  const rejects: RejectedRow[] = []
  const counts: Counts = { rowsRead: 0, rowsRejected: 0, truncated: false, rejectsByReason: {} }
  const insertBatch = async () => {
    list.signal?.throwIfAborted()
    await insertRows(ctx, runId, rules, rows.splice(0))
    await insertRejects(ctx, runId, rejects.splice(0))
  }
  for await (const entry of list.entries) {
    counts.rowsRead += 1
    if (entry.kind === 'row') rows.push(entry)
    else if (countReject(counts, entry) <= REJECTS_KEPT_MAX) rejects.push(entry)
    if (rows.length === ROWS_PER_BATCH || rejects.length === ROWS_PER_BATCH) await insertBatch()
  }
  await insertBatch()
  return counts
}

/** Returns how many rejects have this reason so far. */
function countReject(counts: Counts, { reason }: RejectedRow): number {
  const ofReason = (counts.rejectsByReason[reason] ?? 0) + 1
  counts.rejectsByReason[reason] = ofReason
  counts.rowsRejected += 1
  counts.truncated ||= breaksOff(reason)
  return ofReason
}

/** One array per column: the number of parameters does not depend on the batch. */
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

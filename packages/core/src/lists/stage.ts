import type { SourceFailure } from '@droplock/rules/list-sources'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import type { DropEntry, ListScope } from '@droplock/rules/ports/drop-feed'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { failRun } from './fail.ts'
import { openRun, PROGRESS_EVERY_MS, type RunOpening, reportProgress } from './open-run.ts'
import { type Counts, stageEntries } from './stage-rows.ts'

/** After so many staged rows the planner's statistics of the table are wrong, and comparing them with listings takes minutes. */
const ROWS_ANALYZED_MIN = 10_000

export type StageList = RunOpening & {
  readonly format: string
  /** A run that was opened while the list was still being fetched; left out, one is opened now. */
  readonly runId?: string | undefined
  /** SHA-256 of the raw octets. With what is declared, it identifies the list. */
  readonly contentSha256: () => Uint8Array
  readonly scope: () => ListScope
  readonly entries: AsyncIterable<DropEntry>
  /** How far the list's octets have been read; left out, it is not known. */
  readonly octets?: () => { readonly read: number; readonly total: number | null }
  /** Aborts when nobody waits for the list any more: reading stops and nothing is kept. */
  readonly signal?: AbortSignal | undefined
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
  const id = list.runId ?? ctx.newId()
  if (list.runId === undefined) await openRun(ctx, id, list)
  const counts: Counts = { rowsRead: 0, rowsRejected: 0, truncated: false, rejectsByReason: {} }
  const reporting = reportEverySecond(ctx, id, list, counts)
  try {
    const { registryId, purpose = 'listing', entries, signal } = list
    await stageEntries(ctx, { runId: id, registryId, purpose, entries, counts, signal })
    await makeReady(ctx, id, list, counts)
    await analyze(ctx, counts)
    return { id, rowsRead: counts.rowsRead, rowsRejected: counts.rowsRejected }
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    // The first error is thrown; a run that cannot be failed now is failed later as a silent one.
    await failRun(ctx.db, id, failure, codeOf(list.signal)).catch(() => undefined)
    throw error
  } finally {
    clearInterval(reporting)
  }
}

function codeOf(signal: AbortSignal | undefined): SourceFailure {
  if (signal?.aborted !== true) return 'not_staged'
  return signal.reason instanceof Error && signal.reason.name === 'TimeoutError' ? 'timed_out' : 'interrupted'
}

/** By a timer, so that a list that arrives slowly does not seem abandoned. Not within a transaction, of which nobody sees anything. */
function reportEverySecond(ctx: Context, runId: string, { octets }: StageList, counts: Counts) {
  if (ctx.db.isTransaction) return undefined
  const report = () => {
    const { read, total } = octets?.() ?? { read: 0, total: null }
    const progress = { rowsRead: counts.rowsRead, octetsRead: read, octetsTotal: total }
    void reportProgress(ctx, runId, progress).catch(() => undefined)
  }
  return setInterval(report, PROGRESS_EVERY_MS).unref()
}

async function makeReady(ctx: Context, id: string, list: StageList, counts: Counts): Promise<void> {
  const { kind, zones, from, to } = list.scope()
  const octets = list.octets?.()
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
      ...(octets !== undefined && {
        octets_read: BigInt(octets.read),
        octets_total: octets.total === null ? null : BigInt(octets.total),
      }),
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new RunLost('this process was silent for too long')
}

async function analyze(ctx: Context, { rowsRead, rowsRejected }: Counts): Promise<void> {
  if (rowsRead - rowsRejected > ROWS_ANALYZED_MIN) await sql`analyze sync_row`.execute(ctx.db)
}

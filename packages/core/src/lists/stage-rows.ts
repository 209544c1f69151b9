import { breaksOff } from '@droplock/rules/lists'
import type { DropEntry, DropRow, RejectedRow, RejectReason } from '@droplock/rules/ports/drop-feed'
import { cutoffAt, dropWindow } from '@droplock/rules/schedule/drop-window'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { canCopy, copyLine, copyRows } from '../database/copy.ts'
import { readDropRules, type ZoneDropRule } from './internal.ts'

/** Characters that are handed to COPY at once: few writes, and little memory. */
const BLOCK_CHARACTERS = 65_536

/** Rows per INSERT, where rows cannot be copied. */
const ROWS_PER_BATCH = 2_000

/** Rejects kept of each reason. The counts show how much is wrong, and the first rejects of each reason show why. */
const REJECTS_KEPT_MAX = 1_000

export type Counts = {
  rowsRead: number
  rowsRejected: number
  truncated: boolean
  rejectsByReason: Partial<Record<RejectReason, number>>
}

type Staging = {
  readonly runId: string
  readonly registryId: string
  readonly purpose: 'listing' | 'observed'
  readonly entries: AsyncIterable<DropEntry>
  /** Counted while it is read. */
  readonly counts: Counts
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads a list once and stages it: its rows by one COPY, as fast as the database takes them, its rejects afterwards. Rows are there as
 * a whole or not at all. Within a transaction of the caller, which has one connection, by INSERTs.
 */
export async function stageEntries(ctx: Context, staging: Staging): Promise<void> {
  const { runId, purpose, signal } = staging
  const target = purpose === 'listing' ? await rowsOf(ctx, staging) : observedNames(staging)
  const rejects: RejectedRow[] = []
  const rows = acceptedRows(staging, rejects)
  const { table, columns } = target
  if (canCopy(ctx.db)) await copyRows(ctx.db, { table, columns, lines: blocks(rows, target), signal })
  else await insertRows(ctx, rows, target)
  await insertRejects(ctx, runId, rejects, signal)
}

/** The accepted rows; rejects are counted, and the first of each reason kept. */
async function* acceptedRows({ entries, counts }: Staging, rejects: RejectedRow[]): AsyncGenerator<DropRow> {
  for await (const entry of entries) {
    counts.rowsRead += 1
    if (entry.kind === 'row') yield entry
    else if (countReject(counts, entry) <= REJECTS_KEPT_MAX) rejects.push(entry)
  }
}

/** Returns how many rejects have this reason so far. */
function countReject(counts: Counts, { reason }: RejectedRow): number {
  const ofReason = (counts.rejectsByReason[reason] ?? 0) + 1
  counts.rejectsByReason[reason] = ofReason
  counts.rowsRejected += 1
  counts.truncated ||= breaksOff(reason)
  return ofReason
}

type Value = string | number | Date | null

/** Where accepted rows go. */
type Target = {
  readonly table: 'sync_row' | 'observed_list_name'
  readonly columns: readonly string[]
  /** The columns' types, for INSERTs. */
  readonly types: readonly string[]
  readonly valuesOf: (row: DropRow) => readonly Value[]
}

async function rowsOf(ctx: Context, { runId, registryId }: Staging): Promise<Target> {
  const rules = await readDropRules(ctx.db, registryId)
  const schedule = scheduler(rules)
  return {
    table: 'sync_row',
    columns: ['run_id', 'line', 'listing_id', 'name', 'zone', 'drop_from', 'drop_to', 'cutoff_at'],
    types: ['uuid', 'integer', 'uuid', 'text', 'text', 'timestamptz', 'timestamptz', 'timestamptz'],
    valuesOf: (row) => {
      const { dropFrom, dropTo, cutoff } = schedule(row)
      return [runId, row.line, ctx.newId(), row.name, row.zone, dropFrom, dropTo, cutoff]
    },
  }
}

function observedNames({ runId }: Staging): Target {
  return {
    table: 'observed_list_name',
    columns: ['run_id', 'name', 'zone', 'day'],
    types: ['uuid', 'text', 'text', 'date'],
    valuesOf: ({ name, zone, dropDate }) => [runId, name, zone, dropDate],
  }
}

/** Windows of names without an exact time are computed once per zone and day: that needs a calendar. */
function scheduler(rules: ReadonlyMap<string, ZoneDropRule>) {
  const known = new Map<string, { readonly dropFrom: Date; readonly dropTo: Date; readonly cutoff: Date }>()
  const compute = (row: DropRow) => {
    const rule = rules.get(row.zone)
    if (rule === undefined)
      throw new Error(`the reader passed a row of ${row.zone}, a zone the registry does not serve`)
    const window = dropWindow(rule, row)
    return { ...window, cutoff: cutoffAt(window, rule.cutoffLeadSeconds) }
  }
  return (row: DropRow) => {
    if (row.purgeAt !== undefined) return compute(row)
    const key = `${row.zone} ${row.dropDate}`
    const schedule = known.get(key) ?? compute(row)
    known.set(key, schedule)
    return schedule
  }
}

async function* blocks(rows: AsyncIterable<DropRow>, { valuesOf }: Target): AsyncGenerator<string> {
  let block = ''
  for await (const row of rows) {
    block += copyLine(valuesOf(row))
    if (block.length < BLOCK_CHARACTERS) continue
    yield block
    block = ''
  }
  if (block !== '') yield block
}

async function insertRows(ctx: Context, rows: AsyncIterable<DropRow>, target: Target): Promise<void> {
  let batch: (readonly Value[])[] = []
  const insert = async () => {
    const values = target.types.map(
      (type, column) => sql`${batch.map((row) => row[column])}::${sql.raw(type)}[]`,
    )
    const columns = sql.join(target.columns.map((column) => sql.ref(column)))
    await sql`insert into ${sql.table(target.table)} (${columns}) select * from unnest(${sql.join(values)})`.execute(
      ctx.db,
    )
    batch = []
  }
  for await (const row of rows) {
    batch.push(target.valuesOf(row))
    if (batch.length === ROWS_PER_BATCH) await insert()
  }
  if (batch.length > 0) await insert()
}

/** One array per column: the number of parameters does not depend on the batch. */
async function insertRejects(
  ctx: Context,
  runId: string,
  rejects: readonly RejectedRow[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let from = 0; from < rejects.length; from += ROWS_PER_BATCH) {
    signal?.throwIfAborted()
    const batch = rejects.slice(from, from + ROWS_PER_BATCH)
    await sql`
      insert into sync_reject (run_id, line, raw, reason)
      select ${runId}, * from unnest(
        ${batch.map((reject) => reject.line)}::integer[], ${batch.map((reject) => reject.raw)}::text[],
        ${batch.map((reject) => reject.reason)}::text[])
      on conflict on constraint sync_reject_pkey do nothing`.execute(ctx.db)
  }
}

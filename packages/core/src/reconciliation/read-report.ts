import type { AccountReport, ReportLine } from '@droplock/rules/ports/account-report'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Run } from './run.ts'

/** One statement of so many rows is as fast as any. */
const rowsPerInsert = 500

/** A report with more bad lines than this is of another format, and not a report with bad lines. */
const unreadableMax = 100

type Unreadable = Extract<ReportLine, { kind: 'unreadable' }>

type ReportRead =
  | { readonly kind: 'read'; readonly entries: number; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Reads an account report and keeps its lines in place of those of the one before, once all of it has been read: what could
 * not be read whole changes nothing. No transaction is open while it is read.
 */
export async function readReport(ctx: Context, run: Run, report: AccountReport): Promise<ReportRead> {
  try {
    const { entries, unreadable } = await stage(ctx, run, report)
    await replace(ctx, run, report)
    return { kind: 'read', entries, findings: unreadable.map((line) => findingOf(report, line)) }
  } catch (error) {
    await ctx.db.deleteFrom('registry_entry').where('run_id', '=', run.id).execute()
    return { kind: 'failed', reason: reasonOf(error) }
  }
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${String(error.cause)}` : ''
  return `${String(error)}${cause}`
}

async function stage(ctx: Context, run: Run, report: AccountReport) {
  const unreadable: Unreadable[] = []
  let waiting: ReturnType<typeof rowOf>[] = []
  let entries = 0
  const flush = async () => {
    if (waiting.length > 0) await ctx.db.insertInto('registry_entry').values(waiting).execute()
    entries += waiting.length
    waiting = []
  }
  for await (const line of report.read()) {
    if (line.kind === 'unreadable') unreadable.push(line)
    else waiting.push(rowOf(ctx, run, report, line))
    if (unreadable.length > unreadableMax) throw new Error(`more than ${unreadableMax} lines can't be read`)
    if (waiting.length === rowsPerInsert) await flush()
  }
  await flush()
  return { entries, unreadable }
}

function rowOf(
  ctx: Context,
  run: Run,
  { registryAccountId }: AccountReport,
  { entry }: Extract<ReportLine, { kind: 'entry' }>,
) {
  return {
    id: ctx.newId(),
    registry_account_id: registryAccountId,
    run_id: run.id,
    line: entry.line,
    at: entry.at,
    operation: entry.operation,
    name: entry.name,
    years: entry.years,
    amount_minor: entry.amount.amountMinor,
    currency: entry.amount.currency,
    svtrid: entry.svTRID ?? null,
  }
}

async function replace(ctx: Context, run: Run, report: AccountReport): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const older = tx
      .deleteFrom('registry_entry')
      .where('registry_account_id', '=', report.registryAccountId)
      .where('run_id', '<>', run.id)
    const from = report.speaksFrom?.(run.startedAt)
    await (from === undefined ? older : older.where('at', '>=', from)).execute()
  })
}

function findingOf({ registryAccountId }: AccountReport, { line, reason, text }: Unreadable): Finding {
  return {
    side: 'registry',
    source: registryAccountId,
    kind: 'unreadable',
    subject: text,
    theirIds: [],
    detail: `line ${line} of the account report: ${reason}`,
  }
}

import type { AccountReport, ReportLine } from '@droplock/rules/ports/account-report'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Run } from './run.ts'

/** More rows per statement are not faster. */
const ROWS_PER_INSERT = 500

/** With more unreadable lines than this the file has another format. */
const UNREADABLE_MAX = 100

type Unreadable = Extract<ReportLine, { kind: 'unreadable' }>

type ReportRead =
  | { readonly kind: 'read'; readonly entries: number; readonly findings: readonly Finding[] }
  | { readonly kind: 'failed'; readonly reason: string }

/**
 * Reads an account report, and replaces the lines of the previous one when all of it was read: a report that could not be read to its
 * end changes nothing. No transaction is open while it is read.
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

/** `fetch` states only that it failed; its cause states why. */
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
    if (unreadable.length > UNREADABLE_MAX) throw new Error(`more than ${UNREADABLE_MAX} lines can't be read`)
    if (waiting.length === ROWS_PER_INSERT) await flush()
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

import type { Money } from '@droplock/rules/money'
import type { AccountReport } from '@droplock/rules/ports/account-report'
import type { BalanceRange, PaymentProvider } from '@droplock/rules/ports/payments'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import type { RunStep } from '@droplock/rules/reconciliation/run-steps'
import type { Context } from '../context.ts'
import { bookMovements } from './book-movements.ts'
import { matchProvider } from './match-provider.ts'
import { matchRegistry } from './match-registry.ts'
import {
  findDifferingBalances,
  findDifferingSums,
  type ProviderBalance,
  type ProviderSum,
  readProviderBalances,
  sumProvider,
} from './provider.ts'
import { readMovements } from './read-movements.ts'
import { readPayouts } from './read-payouts.ts'
import { readReport } from './read-report.ts'
import { recordFindings } from './record-findings.ts'
import {
  beginRun,
  chooseRange,
  type Examined,
  finishRun,
  noteProgress,
  proveBooks,
  type RangeTerms,
  type Run,
  type RunCause,
} from './run.ts'

export type Reconcile = {
  readonly cause: RunCause
  /** Left out: no card payments are taken. */
  readonly provider?: PaymentProvider | undefined
  readonly reports: readonly AccountReport[]
  readonly terms: RangeTerms & {
    /** What one side had this long before the end of the range, the other must have by then. Milliseconds. */
    readonly settlingMs: number
    /** After this time a run counts as dead and another may start. Milliseconds. */
    readonly runMsMax: number
  }
  /** Called with each open finding as it is found. */
  readonly onFinding?: (finding: Finding) => void
}

export type Reconciled = {
  readonly runId: string
  readonly range?: BalanceRange | undefined
  readonly movements: number
  readonly entries: number
  /** Findings, without those that people have accepted. */
  readonly findings: number
  /** Open items, including those of sources that this run could not read. */
  readonly unmatched: number
  readonly sums: readonly ProviderSum[]
  /** What the provider holds for us, by its movements and by our ledger. */
  readonly balances: readonly ProviderBalance[]
  /** What could not be read, and why. Empty: everything was read. */
  readonly unread: readonly string[]
  /** Registry accounts with charges and without a configured report. */
  readonly withoutReport: readonly string[]
}

/**
 * Compares our books with the provider's movements, the registries' account reports and the invariants, and keeps mismatches as items.
 * Returns undefined while another run is under way, or when the day's run is done. Never throws because of a provider or a registry:
 * what could not be read is `unread`, and its items stay as they are.
 */
export async function reconcile(ctx: Context, options: Reconcile): Promise<Reconciled | undefined> {
  const run = await beginRun(ctx, options.cause, options.terms.runMsMax)
  if (run === undefined) return undefined
  const tally = startTally(ctx, run, options)
  try {
    const provider = await reconcileProvider(ctx, run, options, tally)
    for (const report of options.reports) await reconcileRegistry(ctx, run, report, options, tally)
    await tally.progress('books')
    await tally.found(await proveBooks(ctx))
    tally.examined.push({ side: 'ledger', source: 'ledger' })
    return await endRun(ctx, run, options, tally, provider)
  } catch (error) {
    await finishRun(ctx, run, [], { ...tally.counts, failure: String(error) })
    throw error
  }
}

type ProviderPart = {
  readonly range?: BalanceRange
  readonly sums: readonly ProviderSum[]
  readonly balances: readonly ProviderBalance[]
}

const nothing: ProviderPart = { sums: [], balances: [] }

async function reconcileProvider(
  ctx: Context,
  run: Run,
  { provider, terms }: Reconcile,
  tally: Tally,
): Promise<ProviderPart> {
  if (provider === undefined) return nothing
  const { name } = provider
  const range = await chooseRange(ctx.db, name, run, terms)
  const read = await readProvider(ctx, run, provider, range, tally)
  if (read !== undefined) {
    tally.unread.push(`${name}: ${read}`)
    return nothing
  }
  await bookMovements(ctx, name)
  await tally.progress('matching')
  const dueBefore = new Date(range.to.getTime() - terms.settlingMs)
  const booked = new Map<string, bigint>()
  let differs = false
  for await (const batch of matchProvider(ctx.db, name, dueBefore)) {
    addAmounts(booked, batch.booked)
    differs ||= batch.findings.length > 0
    await tally.found(batch.findings)
  }
  const sums = await sumProvider(ctx.db, name, booked, dueBefore)
  await tally.found(findDifferingSums(name, sums))
  const balances = await readProviderBalances(ctx.db, name)
  // Otherwise the findings say by what they differ.
  if (!differs) await tally.found(findDifferingBalances(name, balances))
  tally.examined.push({ side: 'provider', source: name })
  return { range, sums, balances }
}

/** Reads the movements and the payouts. Returns why it failed. */
async function readProvider(
  ctx: Context,
  run: Run,
  provider: PaymentProvider,
  range: BalanceRange,
  tally: Tally,
): Promise<string | undefined> {
  const before = tally.counts.movements
  const movements = await readMovements(ctx, run, provider, range, async (count) => {
    tally.counts.movements = before + count
    await tally.progress('movements')
  })
  if (movements.kind === 'failed') return movements.reason
  await tally.progress('payouts')
  const payouts = await readPayouts(ctx, provider, range)
  return payouts.kind === 'failed' ? payouts.reason : undefined
}

/** Adds amounts to sums by currency. */
function addAmounts(sums: Map<string, bigint>, amounts: readonly Money[]): void {
  for (const { currency, amountMinor } of amounts)
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor)
}

async function reconcileRegistry(
  ctx: Context,
  run: Run,
  report: AccountReport,
  { terms }: Reconcile,
  tally: Tally,
): Promise<void> {
  const { registryAccountId: source } = report
  await tally.progress('reports')
  const read = await readReport(ctx, run, report)
  if (read.kind === 'failed') {
    tally.unread.push(`${source}: ${read.reason}`)
    return
  }
  tally.counts.entries += read.entries
  await tally.found(read.findings)
  const dueBefore = new Date(run.startedAt.getTime() - terms.settlingMs)
  const due = { dueBefore, speaksFrom: report.speaksFrom?.(run.startedAt) }
  for await (const findings of matchRegistry(ctx.db, source, due)) await tally.found(findings)
  tally.examined.push({ side: 'registry', source })
}

type Tally = ReturnType<typeof startTally>

function startTally(ctx: Context, run: Run, { onFinding }: Reconcile) {
  const counts = { movements: 0, entries: 0, findings: 0 }
  const examined: Examined[] = []
  const unread: string[] = []
  const found = async (findings: readonly Finding[]) => {
    const open = await recordFindings(ctx, run, findings)
    counts.findings += open.length
    for (const finding of open) onFinding?.(finding)
  }
  const progress = (step: RunStep) => noteProgress(ctx, run, step, counts)
  return { counts, examined, unread, found, progress }
}

async function endRun(
  ctx: Context,
  run: Run,
  { provider, reports }: Reconcile,
  { counts, examined, unread }: Tally,
  { range, sums, balances }: ProviderPart,
): Promise<Reconciled> {
  const unmatched = await finishRun(ctx, run, examined, {
    ...counts,
    balances,
    ...(provider !== undefined && range !== undefined ? { provider: { name: provider.name, ...range } } : {}),
    ...(unread.length > 0 ? { failure: unread.join('; ') } : {}),
  })
  const withoutReport = await listUnreported(ctx, reports)
  return { runId: run.id, range, ...counts, unmatched, sums, balances, unread, withoutReport }
}

async function listUnreported(ctx: Context, reports: readonly AccountReport[]): Promise<readonly string[]> {
  const charged = await ctx.db
    .selectFrom('registry_account')
    .select('id')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('registry_charge')
          .select('id')
          .whereRef('registry_account_id', '=', 'registry_account.id'),
      ),
    )
    .orderBy('id')
    .execute()
  const reported = new Set(reports.map(({ registryAccountId }) => registryAccountId))
  return charged.map(({ id }) => id).filter((id) => !reported.has(id))
}

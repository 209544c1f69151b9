import { formatMoney, money } from '@droplock/rules/money'
import type { BalanceRange } from '@droplock/rules/ports/payments'
import type { Finding } from '@droplock/rules/reconciliation/finding'
import type { RunStep } from '@droplock/rules/reconciliation/run-steps'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { type InvariantName, type Invariants, readInvariants } from '../invariants.ts'
import type { ProviderBalance, ProviderName } from './provider.ts'

/** Started by the worker, once a day or because a person asked for it, or by a command. */
export type RunCause =
  | { readonly kind: 'daily'; readonly serviceDay: string }
  | { readonly kind: 'command' }
  | { readonly kind: 'request'; readonly requestId: string }

export type Run = { readonly id: string; readonly startedAt: Date }

/**
 * Begins a run, unless another process is running one or the day's run is done: then it returns undefined. A run whose process died is
 * given up after `runMsMax`.
 */
export async function beginRun(ctx: Context, cause: RunCause, runMsMax: number): Promise<Run | undefined> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const startedAt = await databaseTime(tx)
      await giveUpDead(tx)
      const run = { id: ctx.newId(), startedAt }
      await tx
        .insertInto('reconciliation_run')
        .values({
          id: run.id,
          cause: cause.kind,
          service_day: cause.kind === 'daily' ? cause.serviceDay : null,
          started_at: startedAt,
          expires_at: new Date(startedAt.getTime() + runMsMax),
        })
        .execute()
      if (cause.kind === 'request') await answerRequest(tx, cause.requestId, run.id)
      return run
    })
  } catch (error) {
    const isTaken =
      violated(error, 'one_reconciliation_at_a_time') || violated(error, 'one_reconciliation_per_day')
    if (isTaken) return undefined
    throw error
  }
}

async function answerRequest(tx: Transaction<Database>, id: string, runId: string): Promise<void> {
  await tx
    .updateTable('reconciliation_request')
    .set({ run_id: runId })
    .where('id', '=', id)
    .where('run_id', 'is', null)
    .execute()
}

async function giveUpDead(tx: Transaction<Database>): Promise<void> {
  const now = sql<Date>`clock_timestamp()`
  await tx
    .updateTable('reconciliation_run')
    .set({ finished_at: now, step: null, failure: sql`coalesce(failure, 'its process ended')` })
    .where('finished_at', 'is', null)
    .where('expires_at', '<', now)
    .execute()
}

/** A source that was read to its end: mismatches that are no longer found there are resolved. */
export type Examined = { readonly side: 'provider' | 'registry' | 'ledger'; readonly source: string }

type RunCounts = {
  readonly movements: number
  readonly entries: number
  readonly findings: number
  readonly provider?: { readonly name: string; readonly from: Date; readonly to: Date } | undefined
  readonly failure?: string | undefined
  readonly balances?: readonly ProviderBalance[]
}

const noteOfRun = 'no longer found'

/**
 * Ends a run: closes the items of examined sources that are no longer found, and writes the result. Returns how many items are open, of
 * all sources.
 */
export async function finishRun(
  ctx: Context,
  run: Run,
  examined: readonly Examined[],
  counts: RunCounts,
): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    for (const { side, source } of examined) {
      await tx
        .updateTable('reconciliation_item')
        .set({ closed_at: sql`clock_timestamp()`, note: noteOfRun })
        .where('side', '=', side)
        .where('source', '=', source)
        .where('closed_at', 'is', null)
        .where('last_seen_run', '<>', run.id)
        .execute()
    }
    const { count } = await tx
      .selectFrom('reconciliation_item')
      .select(sql<bigint>`count(*)`.as('count'))
      .where('closed_at', 'is', null)
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('reconciliation_run')
      .set({
        finished_at: sql`clock_timestamp()`,
        step: null,
        failure: counts.failure ?? null,
        movements: counts.movements,
        entries: counts.entries,
        findings: counts.findings,
        unmatched: Number(count),
        provider: counts.provider?.name ?? null,
        provider_from: counts.provider?.from ?? null,
        provider_to: counts.provider?.to ?? null,
      })
      .where('id', '=', run.id)
      .execute()
    const balances = (counts.balances ?? []).map((balance) => ({
      run_id: run.id,
      currency: balance.currency,
      held_minor: balance.heldMinor,
      clearing_minor: balance.clearingMinor,
      pending_minor: balance.pendingMinor,
    }))
    if (balances.length > 0) await tx.insertInto('reconciliation_balance').values(balances).execute()
    return Number(count)
  })
}

/** Writes how far a run is, for those who watch it. */
export async function noteProgress(
  ctx: Context,
  run: Run,
  step: RunStep,
  { movements, entries, findings }: Pick<RunCounts, 'movements' | 'entries' | 'findings'>,
): Promise<void> {
  await ctx.db
    .updateTable('reconciliation_run')
    .set({ step, movements, entries, findings })
    .where('id', '=', run.id)
    .where('finished_at', 'is', null)
    .execute()
}

export type RangeTerms = {
  /** A range ends this long before now, because the provider's clock and list may lag. Milliseconds. */
  readonly closedAfterMs: number
  /** How far back movements are read again, for late and changed ones. Milliseconds. */
  readonly lookBackMs: number
}

/** The provider's time of a payment is at most this much before ours. Milliseconds. */
const CLOCK_DIFFERENCE_MS_MAX = 86_400_000

/**
 * The range of movements to read: from where the last run ended, and `lookBackMs` back from now; the first time, from our oldest
 * payment at the provider.
 */
export async function chooseRange(
  db: Kysely<Database>,
  provider: ProviderName,
  run: Run,
  { closedAfterMs, lookBackMs }: RangeTerms,
): Promise<BalanceRange> {
  const to = new Date(run.startedAt.getTime() - closedAfterMs)
  const lookBack = to.getTime() - lookBackMs
  const { rows } = await sql<{ readTo: Date | null; oldest: Date | null }>`
    select (select max(provider_to) from reconciliation_run where provider = ${provider}) as "readTo",
      (select min(created_at) from payment where provider = ${provider}) as oldest`.execute(db)
  const { readTo, oldest } = rows[0] ?? { readTo: null, oldest: null }
  const unread = readTo?.getTime() ?? (oldest?.getTime() ?? lookBack) - CLOCK_DIFFERENCE_MS_MAX
  return { from: new Date(Math.min(unread, lookBack, to.getTime())), to }
}

/** The violated invariants of our books, as findings. */
export async function proveBooks(ctx: Context): Promise<readonly Finding[]> {
  const proven = await readInvariants(ctx)
  return proven.invariants
    .filter(({ violations }) => violations > 0)
    .map(({ name, violations }) => ({
      side: 'ledger',
      source: 'ledger',
      kind: 'broken',
      subject: name,
      theirIds: [],
      detail: `broken ${violations} times${sumsOf(name, proven)}`,
    }))
}

/** The sums, where a sum is violated. */
function sumsOf(name: InvariantName, { ledgerSumMinor }: Invariants): string {
  if (name !== 'ledger_sums_to_zero') return ''
  const sums = Object.entries(ledgerSumMinor).filter(([, amount]) => amount !== 0n)
  return `: ${sums.map(([currency, amount]) => formatMoney(money(amount, currency))).join(', ')}`
}

import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import type { Run } from './begin-run.ts'

/** A side of a source that was read whole: what is no longer found there has been put right. */
export type Examined = { readonly side: 'provider' | 'registry' | 'ledger'; readonly source: string }

export type RunCounts = {
  readonly movements: number
  readonly entries: number
  readonly findings: number
  readonly provider?: { readonly name: string; readonly from: Date; readonly to: Date } | undefined
  readonly failure?: string | undefined
}

const noteOfRun = 'no longer found'

/**
 * Ends a run: closes the items of what was examined and is no longer found, and keeps what the run came to. Returns how many
 * items are open, of this run's sides and of others.
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
    return Number(count)
  })
}

import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

/** Who asked for it: the day's own, of which there is one, or a person at the command line. */
export type RunCause = { readonly kind: 'daily'; readonly serviceDay: string } | { readonly kind: 'command' }

export type Run = { readonly id: string; readonly startedAt: Date }

/**
 * Takes the turn: of N processes one reconciles, and each day once. Undefined while another is at it, or when the day's run is
 * done. A run whose process died is given up once `runMsMax` has passed.
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
      return run
    })
  } catch (error) {
    const isTaken =
      violated(error, 'one_reconciliation_at_a_time') || violated(error, 'one_reconciliation_per_day')
    if (isTaken) return undefined
    throw error
  }
}

async function giveUpDead(tx: Transaction<Database>): Promise<void> {
  const now = sql<Date>`clock_timestamp()`
  await tx
    .updateTable('reconciliation_run')
    .set({ finished_at: now, failure: sql`coalesce(failure, 'its process ended')` })
    .where('finished_at', 'is', null)
    .where('expires_at', '<', now)
    .execute()
}

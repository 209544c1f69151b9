import { statesAllowing } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { toWellFormed } from '@droplock/rules/text'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** Enough to tell what went wrong; a whole page of an error is the log's business. Characters. */
const failureCharactersMax = 500

/** A process that reads or publishes a list says so this often. Milliseconds. */
export const aliveEveryMs = 5_000

/** One that was silent for so long is gone, or has stood still and is treated so: six times over. Milliseconds. */
export const SILENT_MS_MAX = 30_000

/** The states of a run that is not settled. */
const unsettled = statesAllowing(syncRunMachine, 'fail')

/** Ends a run that is not settled: it keeps why, and nothing of what was staged. A run that is settled stays as it is. */
export async function failRun(db: Kysely<Database>, runId: string, failure: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .updateTable('sync_run')
      .set({ state: 'failed', failure: toWellFormed(failure.slice(0, failureCharactersMax)) })
      .where('id', '=', runId)
      .where('state', 'in', unsettled)
      .execute()
    await forgetStaged(tx, [runId])
  })
}

/**
 * Ends the runs whose process is gone, so that nobody waits for them; their sources are free by then (see `claimFeed`) and
 * are read again. A run that is being published is locked, and passed over. Returns how many.
 */
export async function failSilentRuns(db: Kysely<Database>): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with silent as (
        select id from sync_run where state in ('running', 'ready')
          and alive_at < statement_timestamp() - ${SILENT_MS_MAX} * interval '1 millisecond'
        order by id for update skip locked
      )
      update sync_run set state = 'failed', failure = 'The process that read the list ended before it was published.'
      from silent where sync_run.id = silent.id returning sync_run.id`.execute(tx)
    await forgetStaged(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}

/** A process that was taken for gone may still have staged rows; it comes here too in the end. */
async function forgetStaged(db: Kysely<Database>, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return
  for (const table of ['sync_row', 'sync_reject'] as const) {
    await db
      .deleteFrom(table)
      .where('run_id', 'in', (eb) =>
        eb.selectFrom('sync_run').select('id').where('id', 'in', runIds).where('state', '=', 'failed'),
      )
      .execute()
  }
}

import type { SourceFailure } from '@droplock/rules/list-sources'
import { statesAllowing } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { toWellFormed } from '@droplock/rules/text'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** Enough to say what went wrong; the log has the rest. Characters. */
const FAILURE_CHARACTERS_MAX = 500

/** A process that marks its run as alive every second (see `reportProgress`) and is silent for so long is gone. Milliseconds. */
export const SILENT_MS_MAX = 30_000

/** A failure as it is stored: short and well formed. */
export function failureText(failure: string): string {
  return toWellFormed(failure.slice(0, FAILURE_CHARACTERS_MAX))
}

/** The states of a run that has not ended. */
const notEnded = statesAllowing(syncRunMachine, 'fail')

/** Fails a run that has not ended: the reason is kept and its staged rows are deleted. A run that has ended stays as it is. */
export async function failRun(
  db: Kysely<Database>,
  runId: string,
  failure: string,
  code: SourceFailure = 'not_staged',
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .updateTable('sync_run')
      .set({ state: 'failed', failure: failureText(failure), failure_code: code })
      .where('id', '=', runId)
      .where('state', 'in', notEnded)
      .execute()
    await deleteStaged(tx, [runId])
  })
}

/**
 * Fails the runs whose process is gone. The claims of their sources have lapsed by then (see `claimDueSource`), so they are read again. A
 * run that is being published is locked and skipped. Returns how many failed.
 */
export async function failSilentRuns(db: Kysely<Database>): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with silent as (
        select id from sync_run where (state = 'running' or (state = 'ready' and not dry_run))
          and alive_at < statement_timestamp() - ${SILENT_MS_MAX} * interval '1 millisecond'
        order by id for update skip locked
      )
      update sync_run set state = 'failed', failure = 'The process that read the list ended before it was published.',
        failure_code = 'interrupted'
      from silent where sync_run.id = silent.id returning sync_run.id`.execute(tx)
    await deleteStaged(
      tx,
      rows.map(({ id }) => id),
    )
    return rows.length
  })
}

/** A process that was wrongly taken to be gone may stage more rows; it calls this too when it ends. */
async function deleteStaged(db: Kysely<Database>, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return
  for (const table of ['sync_row', 'sync_reject', 'observed_list_name', 'pending_change'] as const) {
    await db
      .deleteFrom(table)
      .where('run_id', 'in', (eb) =>
        eb.selectFrom('sync_run').select('id').where('id', 'in', runIds).where('state', '=', 'failed'),
      )
      .execute()
  }
}

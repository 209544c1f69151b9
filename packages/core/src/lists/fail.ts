import { statesAllowing } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { toWellFormed } from '@droplock/rules/text'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/** Enough to say what went wrong; the log has the rest. Characters. */
const FAILURE_CHARACTERS_MAX = 500

/** How often a process that reads or publishes a list marks its run as alive. Milliseconds. */
export const ALIVE_EVERY_MS = 5_000

/** After six missed marks the process is taken to be gone. Milliseconds. */
export const SILENT_MS_MAX = 30_000

/** The states of a run that has not ended. */
const notEnded = statesAllowing(syncRunMachine, 'fail')

/** Fails a run that has not ended: the reason is kept and its staged rows are deleted. A run that has ended stays as it is. */
export async function failRun(db: Kysely<Database>, runId: string, failure: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    await tx
      .updateTable('sync_run')
      .set({ state: 'failed', failure: toWellFormed(failure.slice(0, FAILURE_CHARACTERS_MAX)) })
      .where('id', '=', runId)
      .where('state', 'in', notEnded)
      .execute()
    await deleteStaged(tx, [runId])
  })
}

/**
 * Fails the runs whose process is gone. The claims of their sources have lapsed by then (see `claimFeed`), so they are read again. A
 * run that is being published is locked and skipped. Returns how many failed.
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
  for (const table of ['sync_row', 'sync_reject', 'pending_change'] as const) {
    await db
      .deleteFrom(table)
      .where('run_id', 'in', (eb) =>
        eb.selectFrom('sync_run').select('id').where('id', 'in', runIds).where('state', '=', 'failed'),
      )
      .execute()
  }
}

import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRun } from '../locks.ts'
import { recordListedDrops } from '../observed/record-listed-drops.ts'
import { requirePublishable } from './internal.ts'

/**
 * Ends a staged run of names that the registry has deleted: they are recorded (`observed_list_name`), and those that were listed are
 * observed drops (rule 26). Nothing is listed, moved or suspected. Returns how many names there are. Throws Refusal: sync_run_not_found, sync_run_not_publishable.
 */
export async function recordObserved(ctx: Context, runId: string): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    noteWork(tx)
    const run = await lockRun(tx, runId)
    requirePublishable(run, 'ready')
    const names = run.rows_read - run.rows_rejected
    await recordListedDrops(tx, runId)
    await tx
      .updateTable('sync_run')
      .set({
        state: next(syncRunMachine, 'ready', 'record'),
        published_at: sql`clock_timestamp()`,
        listings_added: 0,
        listings_moved: 0,
        listings_suspected: 0,
        listings_overridden: 0,
        listings_unchanged: 0,
        listings_too_late: 0,
        listings_blocked: 0,
      })
      .where('id', '=', runId)
      .execute()
    return names
  })
}

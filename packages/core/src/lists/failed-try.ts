import type { SourceFailure } from '@droplock/rules/list-sources'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { failureText } from './fail.ts'
import { openRun, type RunOpening } from './open-run.ts'

/** The part of a first line that is kept: enough to see what came. Characters. */
const EXCERPT_CHARACTERS_MAX = 200

type FailedTry = RunOpening & {
  readonly sourceId: string
  readonly code: SourceFailure
  /** What happened, as people read it. */
  readonly failure: string
  /** The first line of what came; left out where nothing did. */
  readonly excerpt?: string | undefined
  /** The run that was opened while the list was being fetched. */
  readonly runId?: string | undefined
  /** Whether the try before failed too. Only then can it be the same failure again. */
  readonly followsFailure: boolean
}

/**
 * Records a try of a source that brought no list. The same failure repeated in a row is one run, with how often it was tried and when
 * last: a source that is down all night is one line. Returns the id of the run.
 */
export async function recordFailedTry(ctx: Context, failed: FailedTry): Promise<string> {
  return inTransaction(ctx.db, async (tx) => {
    const repeated = failed.followsFailure ? await repeat(tx, failed) : undefined
    const { runId } = failed
    if (repeated !== undefined) {
      if (runId !== undefined) await tx.deleteFrom('sync_run').where('id', '=', runId).execute()
      return repeated
    }
    const id = runId ?? ctx.newId()
    if (runId === undefined) await openRun({ ...ctx, db: tx }, id, failed)
    await tx
      .updateTable('sync_run')
      .set({ state: next(syncRunMachine, 'running', 'fail'), ...whyOf(failed) })
      .where('id', '=', id)
      .where('state', '=', 'running')
      .execute()
    return id
  })
}

/** Adds the try to the newest run of this list, if that failed in the same way. */
async function repeat(tx: Transaction<Database>, failed: FailedTry): Promise<string | undefined> {
  const { sourceId, source, code, runId } = failed
  const newest = await tx
    .selectFrom('sync_run')
    .select(['id', 'failure_code'])
    .where('source_id', '=', sourceId)
    .where('source', '=', source)
    .where('id', 'is distinct from', runId ?? null)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest?.failure_code !== code) return undefined
  await tx
    .updateTable('sync_run')
    .set({ tries: sql<number>`tries + 1`, ...whyOf(failed) })
    .where('id', '=', newest.id)
    .execute()
  return newest.id
}

function whyOf({ code, failure, excerpt }: FailedTry) {
  return {
    failure_code: code,
    failure: failureText(failure),
    excerpt: excerpt === undefined ? null : failureText(excerpt.slice(0, EXCERPT_CHARACTERS_MAX)),
    last_tried_at: sql<Date>`clock_timestamp()`,
  }
}

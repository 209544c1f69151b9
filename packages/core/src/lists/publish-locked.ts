import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { sql, type Transaction } from 'kysely'
import type { Context, StaffActor } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { openDue } from '../listings/open.ts'
import { addListings } from './add-listings.ts'
import type { LockedRun } from './lock.ts'
import { moveListings } from './move-listings.ts'
import { suspectListings } from './suspect-listings.ts'

/**
 * What the publication changed. `overridden`: names an operator's move keeps where they are, though the list says otherwise.
 * `tooLate`: rows of names whose cut-off had passed and that were not listed before.
 */
export type Publication = {
  readonly added: number
  readonly moved: number
  readonly suspected: number
  readonly overridden: number
  readonly unchanged: number
  readonly tooLate: number
}

/** A person's word for a run that was held back. */
export type Decision = { readonly by: StaffActor; readonly reason: string }

/**
 * Publishes a run whose row is locked and whose state allows it. A second publication of the same octets is a violation of
 * `one_publication_per_content`.
 */
export async function publishLocked(
  tx: Transaction<Database>,
  ctx: Context,
  run: LockedRun,
  opensAt: Date,
  decision?: Decision,
): Promise<Publication> {
  await claimContent(tx, run, decision)
  const rows = await countRows(tx, run.id)
  const { moved, overridden } = await moveListings(tx, ctx, run.id)
  const suspected = await suspectListings(tx, run)
  const { added, tooLate } = await addListings(tx, run.id, opensAt)
  await openDue(tx)
  const unchanged = rows - moved - overridden - added - tooLate
  const publication = { added, moved, suspected, overridden, unchanged, tooLate }
  await recordCounts(tx, run.id, publication)
  return publication
}

/** First of all: two publications of the same octets meet here, before either touched a listing. */
async function claimContent(tx: Transaction<Database>, run: LockedRun, decision?: Decision): Promise<void> {
  const decided =
    decision === undefined
      ? {}
      : {
          decided_by: decision.by.staffId,
          decision_reason: decision.reason,
          decided_at: sql<Date>`clock_timestamp()`,
        }
  await tx
    .updateTable('sync_run')
    .set({
      ...decided,
      state: next(syncRunMachine, run.state, 'publish'),
      published_at: sql`clock_timestamp()`,
      listings_added: 0,
    })
    .where('id', '=', run.id)
    .execute()
}

async function countRows(tx: Transaction<Database>, runId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('sync_row')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function recordCounts(tx: Transaction<Database>, runId: string, counts: Publication): Promise<void> {
  await tx
    .updateTable('sync_run')
    .set({
      listings_added: counts.added,
      listings_moved: counts.moved,
      listings_suspected: counts.suspected,
      listings_overridden: counts.overridden,
      listings_unchanged: counts.unchanged,
      listings_too_late: counts.tooLate,
    })
    .where('id', '=', runId)
    .execute()
}

import { next, statesAllowing } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { openDue } from '../listings/open.ts'
import { addListings } from './add-listings.ts'
import { moveListings } from './move-listings.ts'
import { suspectListings } from './suspect-listings.ts'

export type PublishRun = {
  readonly runId: string
  /** When the new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

/** What the publication changed. `tooLate`: rows of names whose cut-off had passed and that were not listed before. */
export type Publication = {
  readonly added: number
  readonly moved: number
  readonly suspected: number
  readonly unchanged: number
  readonly tooLate: number
}

/**
 * Publishes a staged run in one transaction: new names become listings, known ones move with the list, names that a
 * snapshot no longer carries become suspect. Rules 5, 6, 12. Throws Refusal: sync_run_not_found,
 * sync_run_not_publishable, list_already_published (the same octets were published before: nothing changes).
 */
export async function publishRun(ctx: Context, command: PublishRun): Promise<Publication> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const run = await lockRun(tx, command.runId)
      await claimContent(tx, run)
      const rows = await countRows(tx, run.id)
      const moved = await moveListings(tx, ctx, run.id)
      const suspected = await suspectListings(tx, run)
      const added = await addListings(tx, run.id, command.opensAt)
      await openDue(tx)
      const counts = { added: added.added, moved, suspected, tooLate: added.tooLate }
      const publication = { ...counts, unchanged: rows - moved - added.added - added.tooLate }
      await recordCounts(tx, run.id, publication)
      return publication
    })
  } catch (error) {
    if (!violated(error, 'one_publication_per_content')) throw error
    throw new Refusal('list_already_published', 'This list has been published already: nothing changed.')
  }
}

async function lockRun(tx: Transaction<Database>, id: string) {
  const run = await tx.selectFrom('sync_run').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  if (!statesAllowing(syncRunMachine, 'publish').includes(run.state)) {
    throw new Refusal('sync_run_not_publishable', `This sync run is ${run.state}.`, { state: run.state })
  }
  return run
}

type LockedRun = Awaited<ReturnType<typeof lockRun>>

/** First of all: two publications of the same octets meet here, before either touched a listing. */
async function claimContent(tx: Transaction<Database>, run: LockedRun): Promise<void> {
  await tx
    .updateTable('sync_run')
    .set({
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
      listings_unchanged: counts.unchanged,
      listings_too_late: counts.tooLate,
    })
    .where('id', '=', runId)
    .execute()
}

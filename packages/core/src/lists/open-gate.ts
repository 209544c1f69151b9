import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRuns } from '../locks.ts'
import { openDue } from '../schedule/steps.ts'
import { findContradicted } from './contradictions.ts'
import { type Publication, PublicationLost, type Publishing } from './publication.ts'

/**
 * Ends a publication whose names are all added: one row, `sync_run.listed_at`, makes them all orderable in the same moment, together
 * with the state `published`. Only tidying is left then: the sweep that opens. Throws PublicationLost.
 */
export async function openGate(ctx: Context, { runId, publisher }: Publishing): Promise<Publication> {
  const { rows, contradicted } = await prepare(ctx, runId)
  const publication = await inTransaction(ctx.db, async (tx) => {
    const locked = await lockRuns(tx, [runId, ...contradicted])
    const run = locked.find(({ id }) => id === runId)
    if (run?.state !== 'publishing' || run.publisher !== publisher)
      throw new PublicationLost('another process has published this run')
    noteWork(tx)
    const others = locked
      .filter((each) => each.id !== runId && each.superseded_at === null)
      .map(({ id }) => id)
    if (others.length > 0) {
      await tx
        .updateTable('sync_run')
        .set({ superseded_at: sql`clock_timestamp()` })
        .where('id', 'in', others)
        .execute()
    }
    const counts = publicationOf(run)
    const unchanged = rows - counts.moved - counts.overridden - counts.added - counts.tooLate - counts.blocked
    await sql`
      update sync_run set state = ${next(syncRunMachine, run.state, 'complete')}, listings_unchanged = ${unchanged},
        published_at = at, listed_at = at
      from (select clock_timestamp() as at) as clock where id = ${runId}`.execute(tx)
    await sql`update registry set publications = publications + 1 where id = ${run.registry_id}`.execute(tx)
    return { ...counts, unchanged }
  })
  await openDue(ctx.db)
  return publication
}

/** Read before the lock, because it takes long for a large list. Nothing else is published in this registry meanwhile. */
async function prepare({ db }: Context, runId: string) {
  const run = await db.selectFrom('sync_run').selectAll().where('id', '=', runId).executeTakeFirstOrThrow()
  const { count } = await db
    .selectFrom('sync_row')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return { rows: Number(count), contradicted: await findContradicted(db, run) }
}

type Counted = {
  readonly listings_added: number | null
  readonly listings_moved: number | null
  readonly listings_suspected: number | null
  readonly listings_overridden: number | null
  readonly listings_unchanged: number | null
  readonly listings_too_late: number | null
  readonly listings_blocked: number | null
}

/** What the publication of a run has changed so far, or changed. */
export function publicationOf(run: Counted): Publication {
  return {
    added: run.listings_added ?? 0,
    moved: run.listings_moved ?? 0,
    suspected: run.listings_suspected ?? 0,
    overridden: run.listings_overridden ?? 0,
    unchanged: run.listings_unchanged ?? 0,
    tooLate: run.listings_too_late ?? 0,
    blocked: run.listings_blocked ?? 0,
  }
}

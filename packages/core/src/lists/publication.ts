import { type Kysely, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import type { RunScope } from './internal.ts'
import { PROGRESS_EVERY_MS } from './open-run.ts'

/**
 * What the publication changed. `overridden`: names that an operator's override keeps in place although the list states another
 * schedule. `tooLate`: names that were not listed before and whose cut-off had passed. `blocked`: the same of names that operators
 * have blocked.
 */
export type Publication = {
  readonly added: number
  readonly moved: number
  readonly suspected: number
  readonly overridden: number
  readonly unchanged: number
  readonly tooLate: number
  readonly blocked: number
}

/** A run that this process publishes. */
export type Publishing = {
  readonly runId: string
  /** Of this process. What another one has taken over is refused to it. */
  readonly publisher: string
  /** Where it aborts, the publication stops after its batch and is left to another process. */
  readonly stop?: AbortSignal | undefined
}

/** Another process publishes the run: this one was silent for too long. */
export class PublicationLost extends Error {
  override readonly name = 'PublicationLost'
}

/** This process was told to stop. The run stays `publishing`, for another process to complete. */
export class PublicationStopped extends Error {
  override readonly name = 'PublicationStopped'
}

type Publisher = RunScope & {
  readonly opens_at: Date | null
  readonly compared_at: Date | null
  readonly added_up_to: string
}

/** What a batch changed, and up to which name the rows are added. */
type Changed = Partial<Publication> & { readonly upTo?: string }

/**
 * The first statement of each batch: its transaction holds the run's row from here, so that no other process publishes the same run,
 * and marks the run as alive. Throws PublicationLost.
 */
export async function holdPublication(
  tx: Transaction<Database>,
  { runId, publisher }: Publishing,
): Promise<Publisher> {
  const { rows } = await sql<Publisher>`
    update sync_run set alive_at = clock_timestamp()
    where id = ${runId} and state = 'publishing' and publisher = ${publisher}
    returning id, registry_id, precedence, scope_kind, scope_zones, scope_from, scope_to, opens_at, compared_at, added_up_to`.execute(
    tx,
  )
  const run = rows[0]
  if (run === undefined) throw new PublicationLost('another process publishes this run')
  return run
}

/** What a batch changed is counted in its own transaction, so that each change counts once, whatever ends the process. */
export async function countChanged(
  tx: Transaction<Database>,
  runId: string,
  { added = 0, moved = 0, overridden = 0, suspected = 0, tooLate = 0, blocked = 0, upTo }: Changed,
): Promise<void> {
  await sql`
    update sync_run set listings_added = listings_added + ${added}, listings_moved = listings_moved + ${moved},
      listings_overridden = listings_overridden + ${overridden}, listings_suspected = listings_suspected + ${suspected},
      listings_too_late = listings_too_late + ${tooLate}, listings_blocked = listings_blocked + ${blocked},
      added_up_to = coalesce(${upTo ?? null}::text, added_up_to)
    where id = ${runId}`.execute(tx)
}

/** Marks a run that is compared or published as alive by a timer, also while a statement takes long. Returns what stops it. */
export function keepAlive(db: Kysely<Database>, { runId, publisher }: Publishing): () => void {
  const mark = () =>
    sql`update sync_run set alive_at = clock_timestamp()
      where id = ${runId} and (state = 'ready' or (state = 'publishing' and publisher = ${publisher}))`
      .execute(db)
      .catch(() => undefined)
  const timer = setInterval(mark, PROGRESS_EVERY_MS).unref()
  return () => clearInterval(timer)
}

/** Leaves a publication that has begun to the next process that has time for it. */
export async function releasePublication(ctx: Context, { runId, publisher }: Publishing): Promise<void> {
  await ctx.db
    .updateTable('sync_run')
    .set({ released_at: sql`clock_timestamp()`, publisher: null })
    .where('id', '=', runId)
    .where('state', '=', 'publishing')
    .where('publisher', '=', publisher)
    .execute()
  noteWork(ctx.db)
}

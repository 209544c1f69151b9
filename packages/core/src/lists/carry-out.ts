import { BATCH_SIZE_MIN, nextBatchSize } from '@droplock/rules/batch-size'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { keepTerms } from '../locks.ts'
import { addListings, moveListings, suspectListings } from './apply.ts'
import { compareRun } from './compare.ts'
import { openGate } from './open-gate.ts'
import {
  countChanged,
  holdPublication,
  keepAlive,
  type Publication,
  PublicationStopped,
  type Publishing,
} from './publication.ts'

/**
 * Publishes a run that is `publishing` by `publisher`, in batches: listings that move, then those that become suspect, then new names,
 * and last the gate (ADR 17). Every batch is a transaction of its own that another process may repeat, so a publication that ended
 * anywhere is completed by calling this again. Rules 5, 6, 12, 15. Throws PublicationLost, PublicationStopped, and Refusal('try_again')
 * where a listing stayed locked for long.
 */
export async function carryOut(ctx: Context, publishing: Publishing): Promise<Publication> {
  const stopMarking = keepAlive(ctx.db, publishing)
  try {
    await compareIfNeeded(ctx, publishing)
    await changeListings(ctx, publishing, 'carried')
    await changeListings(ctx, publishing, 'absent')
    await addNames(ctx, publishing)
    return await openGate(ctx, publishing)
  } finally {
    stopMarking()
  }
}

/** A run that a person publishes is compared now: what was held back may have changed long ago. */
async function compareIfNeeded(ctx: Context, publishing: Publishing): Promise<void> {
  const run = await inTransaction(ctx.db, (tx) => holdPublication(tx, publishing))
  if (run.compared_at === null) await compareRun(ctx, run)
}

/** A listing that somebody else has locked is tried again so often: for about a minute, with the lock limit of each try. */
const TRIES_MAX = 30

/** Runs one batch, again where a lock was not obtained in time: nothing of it was written then. */
async function runBatch<Result>(
  ctx: Context,
  { stop }: Publishing,
  work: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    if (stop?.aborted === true) throw new PublicationStopped('this process stops')
    try {
      return await inTransaction(ctx.db, work)
    } catch (error) {
      const isLocked = error instanceof Refusal && error.code === 'try_again'
      if (!isLocked || tries === TRIES_MAX) throw error
    }
  }
}

/** Claims wait for a batch that has their listing, so its size follows from how long the last one took. */
async function changeListings(
  ctx: Context,
  publishing: Publishing,
  kind: 'carried' | 'absent',
): Promise<void> {
  let size = BATCH_SIZE_MIN
  for (;;) {
    const { listings, lockedMs } = await runBatch(ctx, publishing, (tx) =>
      changeBatch(tx, ctx, publishing, kind, size),
    )
    if (listings === 0) return
    size = nextBatchSize(size, performance.now() - lockedMs)
  }
}

async function changeBatch(
  tx: Transaction<Database>,
  ctx: Context,
  publishing: Publishing,
  kind: 'carried' | 'absent',
  size: number,
) {
  const run = await holdPublication(tx, publishing)
  const { rows } = await sql<{ id: string }>`
    delete from pending_change where run_id = ${run.id} and kind = ${kind} and listing_id in (
      select listing_id from pending_change where run_id = ${run.id} and kind = ${kind} order by listing_id limit ${size})
    returning listing_id as id`.execute(tx)
  const ids = rows.map(({ id }) => id)
  const lockedMs = performance.now()
  if (ids.length === 0) return { listings: 0, lockedMs }
  noteWork(tx)
  if (kind === 'carried') await countChanged(tx, run.id, await moveListings(tx, ctx, run, ids))
  else await countChanged(tx, run.id, { suspected: await suspectListings(tx, run, ids) })
  return { listings: ids.length, lockedMs }
}

/**
 * Rows of a batch. Nobody waits for new names, but a claim's commit waits until what was written before it is on the disk. (Tried: with
 * 5,000 the longest claim took 270 ms, with 250 it takes 55 ms, and a list a twelfth longer.)
 */
const ROWS_PER_BATCH_MAX = 250

async function addNames(ctx: Context, publishing: Publishing): Promise<void> {
  while (await runBatch(ctx, publishing, (tx) => addBatch(tx, publishing)));
}

/** How far the names are added is written with them, so that another process goes on there. Returns whether there may be more. */
async function addBatch(tx: Transaction<Database>, publishing: Publishing): Promise<boolean> {
  const run = await holdPublication(tx, publishing)
  // Names get the prices of now; a rule that starts meanwhile waits, and then finds them.
  await keepTerms(tx)
  // By the index, whatever a plan from before the first batch would be.
  await sql`set local enable_seqscan = off`.execute(tx)
  const { upTo, ...changed } = await addListings(tx, run, ROWS_PER_BATCH_MAX)
  if (upTo === null) return false
  await countChanged(tx, run.id, { ...changed, upTo })
  return true
}

import { sql } from 'kysely'
import type { Context } from '../../src/context.ts'
import type { Clone } from '../../src/testing/clone-database.ts'
import { onServer } from '../../src/testing/server.ts'
import { untilOneWaits } from './waiting.ts'

/** Of the advisory lock that the pausing trigger waits for. */
const PAUSE = 42

/**
 * Starts a publication and calls `work` when all of its names are added and its gate is about to open: in the transaction that opens
 * it, just before it does. Then the publication goes on. Returns what it returned.
 */
export async function beforeTheGate<Result>(
  clone: Clone,
  ctx: Context,
  publish: () => Promise<Result>,
  work: () => Promise<void>,
): Promise<Result> {
  await sql`create or replace function pause() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(${sql.lit(PAUSE)}); return new; end $$`.execute(clone.db)
  await sql`create or replace trigger pause before update of listed_at on sync_run for each row
    when (new.listed_at is not null) execute function pause()`.execute(clone.db)
  return onServer(clone.url, async (blocker) => {
    await blocker.query(`select pg_advisory_lock(${PAUSE})`)
    const publishing = publish()
    await untilOneWaits(ctx.db)
    try {
      await work()
    } finally {
      await blocker.query(`select pg_advisory_unlock(${PAUSE})`)
    }
    return publishing
  })
}

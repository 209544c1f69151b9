import { sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A numberer says something every few milliseconds; one that is frozen must not keep the feed. */
const SILENCE_MS_MAX = 10_000

/**
 * The feed's row under FOR UPDATE, or undefined where another holds it: nobody waits for it. The transaction is undone when it is
 * silent for `silenceMsMax`. Milliseconds.
 */
export async function lockFeed(
  tx: Transaction<Database>,
  silenceMsMax: number = SILENCE_MS_MAX,
): Promise<{ readonly lastPosition: bigint } | undefined> {
  const { rows } = await sql<{ lastPosition: bigint }>`
    select last_position as "lastPosition", set_config('idle_in_transaction_session_timeout', ${String(silenceMsMax)}, true)
    from event_feed for update skip locked`.execute(tx)
  return rows[0]
}

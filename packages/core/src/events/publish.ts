import { type Topic, topicTable } from '@droplock/rules/events/topics'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { snapshotQueries } from './snapshots.ts'

/**
 * Writes an event in the transaction of its cause, so that neither exists without the other, with its subject as that transaction
 * has left it: call it after the rows are written. `key` is the subject's id; of `account.*` the id of the top-up or its reversal.
 */
export async function publish(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Topic,
  key: string,
): Promise<void> {
  await publishAll(tx, ctx, topic, [key])
}

/** Writes one event for each key, in one statement. Throws where a subject is not there. */
export async function publishAll(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Topic,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return
  const { numAffectedRows } = await insertEvents(ctx, topic, keys).execute(tx)
  if (numAffectedRows !== BigInt(keys.length))
    throw new Error(`${topic}: ${numAffectedRows} events of ${keys.length} subjects`)
}

/**
 * The statement that writes events, also for use in a larger one. It reads the subjects as they were before that statement. The
 * topic is a part of its text: each has a plan of its own.
 */
export function insertEvents(ctx: Context, topic: Topic, keys: readonly string[]) {
  const { from, accountId, subjectId, data } = snapshotQueries[topicTable[topic]]
  return sql<Record<string, unknown>>`
    insert into event (id, topic, account_id, subject_id, data)
    select fresh.id, ${sql.lit(topic)}, ${accountId}, ${subjectId}, ${data}
    from unnest(${keys.map(() => ctx.newId())}::uuid[], ${[...keys]}::uuid[]) as fresh (id, key) join ${from}`
}

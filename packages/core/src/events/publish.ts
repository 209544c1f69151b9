import { type EventData, type Topic, topicTable } from '@droplock/rules/events'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { snapshotQueries } from './snapshots.ts'

/**
 * Writes an event in the transaction of its cause, so that neither exists without the other. It holds the subject as this transaction
 * left it: call it after the rows are written. `key` is the subject's id; for `account.*` the id of the top-up or its reversal.
 * `known`: fields of the snapshot that the publisher knows and the subject's rows do not hold.
 */
export async function publish<Of extends Topic>(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Of,
  key: string,
  known: Partial<EventData<Of>> = {},
): Promise<void> {
  await write(tx, ctx, topic, [key], known)
}

/** Writes one event for each key, in one statement. */
export async function publishAll(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Topic,
  keys: readonly string[],
): Promise<void> {
  if (keys.length > 0) await write(tx, ctx, topic, keys)
}

/** Throws where a subject does not exist. */
async function write(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Topic,
  keys: readonly string[],
  known?: object,
): Promise<void> {
  noteWork(tx)
  const { numAffectedRows } = await insertEvents(ctx, topic, keys, known).execute(tx)
  if (numAffectedRows !== BigInt(keys.length))
    throw new Error(`${topic}: ${numAffectedRows} events of ${keys.length} subjects`)
}

/** The statement that writes events, also for use in a larger one, beside `noteWork`. It reads the subjects as they were before that statement. */
export function insertEvents(ctx: Context, topic: Topic, keys: readonly string[], known: object = {}) {
  const { from, accountId, subAccountId, subjectId, data } = snapshotQueries[topicTable[topic]]
  return sql<Record<string, unknown>>`
    insert into event (id, topic, account_id, sub_account_id, subject_id, data)
    select fresh.id, ${topic}, ${sql.raw(`${accountId}, ${subAccountId}, ${subjectId}, ${data}`)} || ${JSON.stringify(known)}::jsonb
    from unnest(${keys.map(() => ctx.newId())}::uuid[], ${[...keys]}::uuid[]) as fresh (id, key) join ${sql.raw(from)}`
}

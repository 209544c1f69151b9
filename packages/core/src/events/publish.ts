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
  await publishEach(tx, ctx, topic, [{ key, known }])
}

/** Writes one event for each key, in one statement. */
export async function publishAll(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Topic,
  keys: readonly string[],
): Promise<void> {
  await publishEach(
    tx,
    ctx,
    topic,
    keys.map((key) => ({ key })),
  )
}

type Subject<Of extends Topic = Topic> = {
  readonly key: string
  readonly known?: Partial<EventData<Of>>
}

/** Writes one event for each subject, in one statement. Throws where a subject does not exist. */
export async function publishEach<Of extends Topic>(
  tx: Transaction<Database>,
  ctx: Context,
  topic: Of,
  subjects: readonly Subject<Of>[],
): Promise<void> {
  if (subjects.length === 0) return
  noteWork(tx)
  const { numAffectedRows } = await insertEvents(ctx, topic, subjects).execute(tx)
  if (numAffectedRows !== BigInt(subjects.length))
    throw new Error(`${topic}: ${numAffectedRows} events of ${subjects.length} subjects`)
}

/** The statement that writes events, also for use in a larger one, beside `noteWork`. It reads the subjects as they were before that statement. */
export function insertEvents(ctx: Context, topic: Topic, subjects: readonly Subject[]) {
  const { from, accountId, subAccountId, subjectId, data } = snapshotQueries[topicTable[topic]]
  const keys = subjects.map(({ key }) => key)
  const known = subjects.map((subject) => JSON.stringify(subject.known ?? {}))
  return sql<Record<string, unknown>>`
    insert into event (id, topic, account_id, sub_account_id, subject_id, data)
    select fresh.id, ${topic}, ${sql.raw(`${accountId}, ${subAccountId}, ${subjectId}, ${data}`)} || fresh.known
    from unnest(${keys.map(() => ctx.newId())}::uuid[], ${keys}::uuid[], ${known}::jsonb[]) as fresh (id, key, known)
      join ${sql.raw(from)}`
}

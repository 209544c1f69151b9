import type { CatchTargetState } from '@droplock/rules/machines/catch-target'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from '../database/tables.gen.ts'

/** A target's row under FOR UPDATE; the caller holds its listing's lock already (lock order: listing, then target). */
export async function lockTarget(tx: Transaction<Database>, id: string) {
  return tx.selectFrom('catch_target').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

/**
 * For a statement that writes many targets: the ids of those in one of `states`, locked in id order. An UPDATE by a list of ids
 * locks in whatever order it finds them, and two catchers that write the same targets would lock each other out.
 */
export function lockedInOrder(
  targetIds: readonly string[],
  ...states: readonly CatchTargetState[]
): RawBuilder<unknown> {
  return sql`(select id from catch_target
    where id = any(${[...targetIds]}::uuid[]) and state = any(${[...states]}::text[]) order by id for update)`
}

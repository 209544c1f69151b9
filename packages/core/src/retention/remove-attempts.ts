import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'

/**
 * Targets of a batch, and attempts of each: at most 10,000 rows. Measured with a million attempts: 50,000 removed a second, 61 ms a
 * batch at the median and 229 ms at most (`npm run bench -- prune`).
 */
const TARGETS_PER_BATCH_MAX = 10
const ATTEMPTS_PER_TARGET_MAX = 1_000

/**
 * Removes one batch of attempts of targets that were decided more than `days` ago, the earliest decided first. Kept are the first, the
 * deciding one and those that a registry charge refers to. The trigger that removes them counts them in `attempt_removal` (ADR 14).
 * Several processes may do it at once; targets that another has locked are skipped. Returns how many targets were handled; 0 when
 * nothing is left.
 */
export async function removeAttempts(ctx: Context, days: number): Promise<number> {
  return inTransaction(ctx.db, async (tx) => {
    const due = await tx
      .selectFrom('catch_target')
      .select('id')
      .where('attempts_removed_at', 'is', null)
      .where('decided_at', '<', sql<Date>`statement_timestamp() - make_interval(days => ${days})`)
      .orderBy('decided_at')
      .limit(TARGETS_PER_BATCH_MAX)
      .forUpdate()
      .skipLocked()
      .execute()
    if (due.length === 0) return 0
    const ids = due.map(({ id }) => id)
    await markDone(tx, ids, await removeSome(tx, ctx, ids))
    return due.length
  })
}

/** Returns the targets that may have more to remove. */
async function removeSome(
  tx: Transaction<Database>,
  ctx: Context,
  targetIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ target_id: string; removed: number }>`
    insert into attempt_removal (id, target_id, attempts_max)
    select fresh.id, fresh.target_id, ${ATTEMPTS_PER_TARGET_MAX}
    from unnest(${targetIds.map(() => ctx.newId())}::uuid[], ${[...targetIds]}::uuid[]) as fresh (id, target_id)
    returning target_id, removed`.execute(tx)
  return new Set(
    rows.filter(({ removed }) => removed === ATTEMPTS_PER_TARGET_MAX).map(({ target_id }) => target_id),
  )
}

async function markDone(
  tx: Transaction<Database>,
  targetIds: readonly string[],
  unfinished: ReadonlySet<string>,
): Promise<void> {
  const done = targetIds.filter((id) => !unfinished.has(id))
  if (done.length === 0) return
  await tx
    .updateTable('catch_target')
    .set({ attempts_removed_at: sql<Date>`clock_timestamp()` })
    .where('id', 'in', done)
    .execute()
}

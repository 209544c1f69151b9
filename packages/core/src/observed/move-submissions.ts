import { BATCH_SIZE_MIN, nextBatchSize } from '@droplock/rules/batch-size'
import { sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockedInOrder } from '../locks.ts'
import type { Batch } from './read-batch.ts'

/** The change in force of a batch. */
type Moving = Pick<Batch, 'zone' | 'registryId' | 'dayFrom' | 'dayTo'> & { readonly changeId: string }

/**
 * Moves the submission windows of the remaining names of a batch to what its change says, in bounded batches: outcomes and catchers wait
 * for the locks of targets. A name that an operator moved to a window stays there; one whose day was skipped, or whose drop the registry
 * moved, follows. Returns how many moved.
 */
export async function moveSubmissions(ctx: Context, moving: Moving): Promise<number> {
  let moved = 0
  let size = BATCH_SIZE_MIN
  for (;;) {
    const startedMs = performance.now()
    const count = await moveBatch(ctx, moving, size)
    moved += count
    if (count < size) return moved
    size = nextBatchSize(size, performance.now() - startedMs)
  }
}

async function moveBatch(ctx: Context, moving: Moving, limit: number): Promise<number> {
  const { changeId, registryId, zone, dayFrom, dayTo } = moving
  const { rows: found } = await sql<{ id: string }>`
    select target.id from catch_target as target join listing on listing.id = target.listing_id
      left join schedule_override as override on override.id = listing.override_id
      left join schedule_change as change on change.id = override.change_id
    where target.registry_id = ${registryId} and target.expected_from >= ${dayFrom} and target.expected_from < ${dayTo}
      and listing.zone = ${zone} and target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
      and target.drift_change_id is distinct from ${changeId}::uuid
      and (override.id is null or change.kind in ('skip_day', 'drop_moved'))
    order by target.id limit ${limit}`.execute(ctx.db)
  if (found.length === 0) return 0
  return inTransaction(ctx.db, (tx) =>
    moveTargets(
      tx,
      moving,
      found.map(({ id }) => id),
    ),
  )
}

const undecided = ['armed', 'firing', 'ambiguous', 'awaiting_award'] as const

/** Under the locks of the targets. What was decided or moved by a schedule meanwhile is left, and is not found again. */
async function moveTargets(
  tx: Transaction<Database>,
  { changeId, dayFrom, dayTo }: Moving,
  ids: readonly string[],
): Promise<number> {
  // A statement of its own: the next one sees what was committed until then.
  await sql`${lockedInOrder(ids, ...undecided)}`.execute(tx)
  const { rows } = await sql<{ id: string }>`
    with moving as (
      select target.id, target.listing_id, target.state, target.drop_from, target.drop_to, listing.cutoff_at, listing.version,
        listing.state as listing_state, zone.grace_seconds,
        greatest(target.expected_from + make_interval(secs => change.from_shift_seconds), listing.cutoff_at) as from_after,
        target.expected_to + make_interval(secs => change.to_shift_seconds) as to_after
      from schedule_change as change join batch_drift as batch on batch.change_id = change.id
        cross join catch_target as target join listing on listing.id = target.listing_id join zone on zone.name = listing.zone
      where change.id = ${changeId} and target.id = any(${[...ids]}::uuid[])
        and target.state in ('armed', 'firing', 'ambiguous', 'awaiting_award')
        and target.expected_from >= ${dayFrom} and target.expected_from < ${dayTo}
    ), moved as (
      update catch_target as target set drift_change_id = ${changeId}::uuid, drop_from = from_after,
        drop_to = greatest(from_after, to_after),
        grace_until = greatest(target.grace_until, greatest(from_after, to_after) + make_interval(secs => grace_seconds))
      from moving where target.id = moving.id
      returning target.id, target.drop_from, target.drop_to
    ), noted as (
      insert into schedule_change_listing (change_id, listing_id, version, state, holder, target, cutoff_at, drop_from, drop_to, effect,
      result, cutoff_after, drop_from_after, drop_to_after)
    select ${changeId}::uuid, moving.listing_id, version, listing_state, 'secured', moving.state, moving.cutoff_at, moving.drop_from,
      moving.drop_to, 'moves', 'applied', moving.cutoff_at, moved.drop_from, moved.drop_to
    from moved join moving on moving.id = moved.id
    on conflict (change_id, listing_id) do nothing
    )
    select id from moved`.execute(tx)
  return rows.length
}

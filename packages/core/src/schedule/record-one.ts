import type { Transaction } from 'kysely'
import type { StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { columnsOf, type Move, madeBy } from './change-row.ts'
import { overrideListings } from './move.ts'

type OneListing = { readonly move: Move; readonly reason: string; readonly now: Date }

/**
 * Moves one listing at once: a change with one listing, so that histories and undoing know no other kind. The caller holds the
 * listing's lock and has decided.
 */
export async function recordChangeOfOne(
  tx: Transaction<Database>,
  ctx: StaffContext,
  { move, reason, now }: OneListing,
): Promise<void> {
  const { facts, decision } = move
  const { staffId, name } = madeBy(ctx.actor)
  const changeId = ctx.newId()
  await tx
    .insertInto('schedule_change')
    .values({
      id: changeId,
      kind: 'window',
      ...columnsOf({ kind: 'window', ...decision.after }),
      filter: { listingIds: [facts.id] },
      preview: {},
      state: 'applied',
      reason,
      made_by: staffId,
      made_by_name: name,
      made_at: now,
      applied_at: now,
      finished_at: now,
    })
    .execute()
  const overrides = await overrideListings(tx, ctx, [move], { changeId, reason, staffId, now })
  await tx
    .insertInto('schedule_change_listing')
    .values({
      change_id: changeId,
      listing_id: facts.id,
      version: facts.version,
      state: facts.state,
      holder: facts.holder,
      target: facts.target,
      cutoff_at: facts.schedule.cutoffAt,
      drop_from: facts.schedule.dropFrom,
      drop_to: facts.schedule.dropTo,
      effect: decision.effect,
      result: 'applied',
      override_id: overrides.get(facts.id) ?? null,
      cutoff_after: decision.after.cutoffAt,
      drop_from_after: decision.after.dropFrom,
      drop_to_after: decision.after.dropTo,
    })
    .execute()
}

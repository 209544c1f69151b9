import { type RawBuilder, sql } from 'kysely'
import type { Breach } from '../breach.ts'
import type { Scene } from '../scene.ts'

/** An override of the free name that was replaced, but for what `changes` sets. */
async function override({ tx, ctx, free, staffId }: Scene, changes: RawBuilder<unknown>) {
  const id = ctx.newId()
  await sql`
    insert into schedule_override (id, listing_id, cutoff_at, drop_from, drop_to, cutoff_before, drop_from_before,
      drop_to_before, reason, applied_by, applied_at, replaced_at)
    select ${id}, id, cutoff_at, drop_from, drop_to, cutoff_at, drop_from, drop_to, 'a test', ${staffId}, opens_at, opens_at
    from listing where id = ${free.listingId}`.execute(tx)
  await sql`update schedule_override set ${changes} where id = ${id}`.execute(tx)
}

export const overrideBreaches: readonly Breach[] = [
  {
    table: 'schedule_override',
    keeper: 'one_override_in_force',
    promise: 'a listing has one override in force',
    deed: async (scene) => {
      await override(scene, sql`replaced_at = null`)
      await override(scene, sql`replaced_at = null`)
    },
  },
  {
    table: 'schedule_override',
    keeper: 'override_has_a_reason',
    promise: 'an override has a reason',
    deed: (scene) => override(scene, sql`reason = ' '`),
  },
  {
    table: 'schedule_override',
    keeper: 'override_window_ordered',
    promise: 'an override closes orders before its window, and its window begins before it ends',
    deed: (scene) => override(scene, sql`drop_to = cutoff_at - interval '1 second'`),
  },
  {
    table: 'schedule_override',
    keeper: 'override_ends_once',
    promise: 'an override is replaced or undone, not both',
    deed: (scene) =>
      override(
        scene,
        sql`undone_at = applied_at, undone_by = applied_by, undo_reason = 'a test', drop_from_returned_to = drop_from`,
      ),
  },
  {
    table: 'schedule_override',
    keeper: 'undo_is_whole',
    promise: 'an undoing names who did it, why, and where to',
    deed: (scene) => override(scene, sql`undone_at = applied_at, replaced_at = null`),
  },
]

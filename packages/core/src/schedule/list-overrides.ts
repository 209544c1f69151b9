import type { Schedule } from '@droplock/rules/listings/decide-move'
import type { Kysely } from 'kysely'
import type { Database } from '../database/tables.gen.ts'
import { scheduleOrNull } from './schedule-or-null.ts'

export type OverrideView = {
  readonly id: string
  readonly before: Schedule
  readonly after: Schedule
  readonly reason: string
  readonly appliedBy: string
  readonly appliedAt: Date
  /** Another override took its place. */
  readonly replacedAt: Date | null
  readonly undoneBy: string | null
  readonly undoneAt: Date | null
  readonly undoReason: string | null
  /** What undoing returned to: what lists said by then. */
  readonly returnedTo: Schedule | null
}

/** A listing's overrides, oldest first, with the names of those who made and undid them. */
export async function listOverrides(
  db: Kysely<Database>,
  listingId: string,
): Promise<readonly OverrideView[]> {
  const rows = await db
    .selectFrom('schedule_override')
    .innerJoin('staff_account as applier', 'applier.id', 'schedule_override.applied_by')
    .leftJoin('staff_account as undoer', 'undoer.id', 'schedule_override.undone_by')
    .selectAll('schedule_override')
    .select(['applier.name as applier_name', 'undoer.name as undoer_name'])
    .where('listing_id', '=', listingId)
    .orderBy('applied_at')
    .orderBy('schedule_override.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    before: { cutoffAt: row.cutoff_before, dropFrom: row.drop_from_before, dropTo: row.drop_to_before },
    after: { cutoffAt: row.cutoff_at, dropFrom: row.drop_from, dropTo: row.drop_to },
    reason: row.reason,
    appliedBy: row.applier_name,
    appliedAt: row.applied_at,
    replacedAt: row.replaced_at,
    undoneBy: row.undoer_name,
    undoneAt: row.undone_at,
    undoReason: row.undo_reason,
    returnedTo: scheduleOrNull(row.cutoff_returned_to, row.drop_from_returned_to, row.drop_to_returned_to),
  }))
}

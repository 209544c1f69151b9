import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { listOverrides, type OverrideView } from '../schedule/list-overrides.ts'
import { type ScheduleView, selectSchedules, toScheduleView, withColumns } from './schedule-view.ts'

export type ScheduleCase = ScheduleView & { readonly overrides: readonly OverrideView[] }

/** One listing with the history of its overrides, newest first. Throws Refusal: forbidden, listing_not_found. */
export async function getSchedule(ctx: StaffContext, id: string): Promise<ScheduleCase> {
  requirePermission(ctx, 'console:read')
  const row = await withColumns(selectSchedules(ctx)).where('listing.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id })
  const overrides = await listOverrides(ctx.db, id)
  return { ...toScheduleView(row), overrides: overrides.toReversed() }
}

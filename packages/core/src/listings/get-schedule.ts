import type { Schedule } from '@droplock/rules/listings/decide-move'
import type { StaffContext } from '../context.ts'
import type { ScheduleView } from './list-schedules.ts'

export type OverrideView = {
  readonly id: string
  readonly before: Schedule
  readonly after: Schedule
  readonly reason: string
  readonly appliedBy: string
  readonly appliedAt: Date
  readonly replacedAt: Date | null
  readonly undoneBy: string | null
  readonly undoneAt: Date | null
  readonly undoReason: string | null
}

export type ScheduleCase = ScheduleView & { readonly overrides: readonly OverrideView[] }

/** One listing with the history of its overrides, newest first. Throws Refusal: forbidden, listing_not_found. */
export async function getSchedule(ctx: StaffContext, id: string): Promise<ScheduleCase> {
  throw new Error(`not built yet ${String(ctx)} ${id}`)
}

import type { CalendarDay } from '../api/types.ts'

/** Whether more names are paid than our accounts try together. The order of service decides then which are served. */
export function isOverCapacity({ paid, capacity }: CalendarDay): boolean {
  return capacity !== undefined && paid > capacity
}

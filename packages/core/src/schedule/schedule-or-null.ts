import type { Schedule } from '@droplock/rules/listings/decide-move'

/** A schedule from columns that are all there or all null. */
export function scheduleOrNull(
  cutoffAt: Date | null,
  dropFrom: Date | null,
  dropTo: Date | null,
): Schedule | null {
  return cutoffAt === null || dropFrom === null || dropTo === null ? null : { cutoffAt, dropFrom, dropTo }
}

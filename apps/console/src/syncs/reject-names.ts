import type { RejectReason } from '@droplock/rules/ports/drop-feed'
import { DROP_DAYS_AHEAD_MAX } from '@droplock/rules/schedule/calendar'
import type { SyncRunDetail } from '../api/types.ts'
import { countText } from '../format/money.ts'
import { words } from '../format/words.ts'

const names: Readonly<Record<RejectReason, string>> = {
  empty: 'Blank line',
  malformed: 'Wrong format',
  not_text: 'Unreadable characters',
  invalid_name: 'Invalid name',
  zone_not_served: 'Zone not served',
  below_registrable: 'Below a registrable name',
  is_a_zone: 'Name of a zone',
  duplicate: 'Duplicate',
  invalid_date: 'Invalid date',
  past_date: 'Date in the past',
  too_far_ahead: `More than ${DROP_DAYS_AHEAD_MAX} days ahead`,
  truncated: 'File ends here',
  beyond_limits: 'Reading stopped here',
}

/** Why a row was rejected. */
export function rejectName(reason: string): string {
  return reason in names ? names[reason as RejectReason] : words(reason)
}

/** More reasons than this make a sentence that nobody reads. */
const reasonsMax = 3

/** `Date in the past (3,210), Duplicate (12)`: the commonest reasons, with their counts. */
export function commonestRejects({ rejects_by_reason: reasons }: SyncRunDetail): string {
  const told = reasons
    .slice(0, reasonsMax)
    .map(({ reason, count }) => `${rejectName(reason)} (${countText(count)})`)
  return [...told, ...(reasons.length > reasonsMax ? ['…'] : [])].join(', ')
}

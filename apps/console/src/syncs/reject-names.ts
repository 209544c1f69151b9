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
  mixed_script: 'Mixed scripts in one label',
  zone_not_served: 'Zone not served',
  below_registrable: 'Name below a registrable one',
  is_a_zone: 'Zone itself',
  duplicate: 'Duplicate',
  invalid_date: 'Invalid date',
  unknown_time_zone: 'Unknown time zone',
  past_date: 'Date in the past',
  too_far_ahead: `More than ${DROP_DAYS_AHEAD_MAX} days ahead`,
  truncated: 'File ends here',
  beyond_limits: 'Reading stopped here',
}

/** Why a row was rejected. */
export function rejectName(reason: string): string {
  return reason in names ? names[reason as RejectReason] : words(reason)
}

/** Reasons in one sentence. */
const REASONS_SHOWN_MAX = 3

/** `Date in the past (3,210), Duplicate (12)`: the most frequent reasons, with their counts. */
export function commonestRejects({ rejects_by_reason: reasons }: SyncRunDetail): string {
  const texts = reasons
    .slice(0, REASONS_SHOWN_MAX)
    .map(({ reason, count }) => `${rejectName(reason)} (${countText(count)})`)
  return [...texts, ...(reasons.length > REASONS_SHOWN_MAX ? ['…'] : [])].join(', ')
}

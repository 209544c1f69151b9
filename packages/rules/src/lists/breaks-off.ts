import type { RejectReason } from '../ports/drop-feed.ts'

/**
 * Whether a reject for this reason is the last entry of a list that was not read to its end: the list was cut
 * (`truncated`), or goes beyond what any drop list has (`beyond_limits`).
 */
export function breaksOff(reason: RejectReason): boolean {
  return reason === 'truncated' || reason === 'beyond_limits'
}

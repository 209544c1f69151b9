import type { ZonePolicy } from '../api/types.ts'
import { secondsText } from '../format/duration.ts'
import { words } from '../format/words.ts'

export type PolicyTerms = Omit<ZonePolicy, 'version'>

/** A local time without seconds that are 0: it can be typed with and without them. */
export const timeText = (time: string) => time.replace(/^(\d\d:\d\d):00$/, '$1')

/** The members of a policy as they are shown, and compared in a preview or when another person has changed them. */
export const policyFields: readonly (readonly [label: string, text: (policy: PolicyTerms) => string])[] = [
  ['Release', ({ release }) => words(release)],
  ['Time zone', ({ drop_time_zone }) => drop_time_zone],
  ['First batch starts', ({ drop_starts_at }) => timeText(drop_starts_at)],
  [
    'Further batches',
    ({ drop_also_at }) => (drop_also_at.length === 0 ? 'None' : drop_also_at.map(timeText).join(', ')),
  ],
  ['A batch lasts', ({ drop_lasts_seconds }) => secondsText(drop_lasts_seconds)],
  ['Early', ({ early_seconds }) => secondsText(early_seconds)],
  ['Late', ({ late_seconds }) => secondsText(late_seconds)],
  ['Orders close before the window', ({ cutoff_lead_seconds }) => secondsText(cutoff_lead_seconds)],
  ['Grace after the window', ({ grace_seconds }) => secondsText(grace_seconds)],
  ['At the pace of the window', ({ grace_full_seconds }) => secondsText(grace_full_seconds)],
  ['Afterwards a try each', ({ grace_probe_seconds }) => secondsText(grace_probe_seconds)],
  ['Share of the limits meanwhile', ({ grace_share_percent }) => `${grace_share_percent} %`],
  [
    'Follows drops earlier by up to',
    ({ drift_earlier_seconds_max }) => secondsText(drift_earlier_seconds_max),
  ],
  ['Follows drops later by up to', ({ drift_later_seconds_max }) => secondsText(drift_later_seconds_max)],
]

import type { ZonePolicy } from '../api/types.ts'
import { secondsOf, secondsText } from '../format/duration.ts'
import { timeText } from './policy-fields.ts'

/** The members that are lengths of time, with the least that each may be. Seconds. */
export const durations = {
  drop_lasts_seconds: 1,
  early_seconds: 0,
  late_seconds: 0,
  cutoff_lead_seconds: 0,
  grace_seconds: 0,
  grace_full_seconds: 0,
  grace_probe_seconds: 1,
  drift_earlier_seconds_max: 0,
  drift_later_seconds_max: 0,
} as const

export type DurationKey = keyof typeof durations

/** What is typed in the form of a policy. */
export type PolicyValues = Readonly<Record<DurationKey, string>> & {
  readonly release: ZonePolicy['release']
  readonly drop_time_zone: string
  readonly drop_starts_at: string
  readonly drop_also_at: string
  readonly grace_share_percent: string
  readonly reason: string
}

export const durationKeys = Object.keys(durations) as readonly DurationKey[]

export function valuesOf(policy: ZonePolicy): PolicyValues {
  const texts = Object.fromEntries(durationKeys.map((key) => [key, secondsText(policy[key])]))
  return {
    ...(texts as Record<DurationKey, string>),
    release: policy.release,
    drop_time_zone: policy.drop_time_zone,
    drop_starts_at: timeText(policy.drop_starts_at),
    drop_also_at: policy.drop_also_at.map(timeText).join(', '),
    grace_share_percent: String(policy.grace_share_percent),
    reason: '',
  }
}

/** Local times in a text with commas or blanks. */
export function timesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((time) => time !== '')
}

/** The whole policy as the API takes it. */
export function policyOf(values: PolicyValues): object {
  const seconds = Object.fromEntries(durationKeys.map((key) => [key, secondsOf(values[key])]))
  return {
    ...seconds,
    release: values.release,
    drop_time_zone: values.drop_time_zone.trim(),
    drop_starts_at: values.drop_starts_at.trim(),
    drop_also_at: timesIn(values.drop_also_at),
    grace_share_percent: Number(values.grace_share_percent),
  }
}

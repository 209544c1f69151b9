import { expect, test } from 'vitest'
import { requireZonePolicy, type ZonePolicy } from '../../src/schedule/zone-policy.ts'

const policy: ZonePolicy = {
  release: 'daily_batch',
  dropTimeZone: 'Europe/Rome',
  dropStartsAt: '09:00',
  dropAlsoAt: ['16:00'],
  dropLastsSeconds: 1_800,
  earlySeconds: 0,
  lateSeconds: 60,
  cutoffLeadSeconds: 14_400,
  graceSeconds: 172_800,
  graceFullSeconds: 3_600,
  graceProbeSeconds: 600,
  graceSharePercent: 10,
  driftEarlierSecondsMax: 900,
  driftLaterSecondsMax: 3_600,
}

test('a policy with two batches a day is accepted', () => {
  expect(() => requireZonePolicy(policy)).not.toThrow()
})

test.each<readonly [string, Partial<ZonePolicy>]>([
  ['a time zone that is none', { dropTimeZone: 'Europe/Atlantis' }],
  ['a time that is none', { dropStartsAt: '25:00' }],
  ['batches in another order', { dropAlsoAt: ['08:00'] }],
  ['two batches at one time', { dropAlsoAt: ['09:00'] }],
  ['more batches than hours', { dropAlsoAt: Array.from({ length: 24 }, (_, n) => `10:${n + 10}`) }],
  ['a batch that lasts no time', { dropLastsSeconds: 0 }],
  ['a negative lead', { cutoffLeadSeconds: -1 }],
  ['no pause between probes', { graceProbeSeconds: 0 }],
  ['no share', { graceSharePercent: 0 }],
  ['more than everything', { graceSharePercent: 101 }],
  ['half a second', { lateSeconds: 0.5 }],
  ['more than a year', { graceSeconds: 31_536_001 }],
])('%s is refused', (_, changes) => {
  expect(() => requireZonePolicy({ ...policy, ...changes })).toThrow(
    expect.objectContaining({ code: 'invalid_policy' }),
  )
})

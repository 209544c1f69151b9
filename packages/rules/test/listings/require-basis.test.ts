import { expect, test } from 'vitest'
import { type Basis, requireBasis } from '../../src/listings.ts'

const seen: Basis = {
  version: 3,
  state: 'open',
  holder: 'none',
  cutoffAt: new Date('2026-11-20T10:00:00Z'),
  dropFrom: new Date('2026-11-20T14:00:00Z'),
  dropTo: new Date('2026-11-20T15:00:00Z'),
}

test('a listing of the version that was seen passes', () => {
  expect(() => requireBasis(seen, { ...seen })).not.toThrow()
})

test('a listing that changed is refused with each field that differs, as seen and as now', () => {
  const now: Basis = { ...seen, version: 4, holder: 'secured', dropTo: new Date('2026-11-20T16:00:00Z') }
  expect(() => requireBasis(seen, now)).toThrow(
    expect.objectContaining({
      code: 'listing_changed',
      facts: {
        changed: 'version, holder, drop_to',
        version_seen: 3,
        version_now: 4,
        holder_seen: 'none',
        holder_now: 'secured',
        drop_to_seen: '2026-11-20T15:00:00.000Z',
        drop_to_now: '2026-11-20T16:00:00.000Z',
      },
    }),
  )
})

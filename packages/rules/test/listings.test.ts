import { expect, test } from 'vitest'
import {
  type Basis,
  checkWindow,
  decideMove,
  listingActions,
  requireBasis,
  type Schedule,
} from '../src/listings.ts'
import { listingMachine } from '../src/machines/listing.ts'
import { statesOf } from '../src/machines/machine.ts'

const now = new Date('2026-11-24T12:00:00Z')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)
/** Orders close in this many minutes, and the drop is an hour later. */
const closing = (inMinutes: number): Schedule => ({
  cutoffAt: minutes(inMinutes),
  dropFrom: minutes(inMinutes + 60),
  dropTo: minutes(inMinutes + 61),
})

test('moved later, a closed listing re-opens, keeps its secured holder, and its target waits', () => {
  expect(decideMove({ state: 'closed', holder: 'secured' }, closing(10), now)).toEqual({
    stateAfter: 'open',
    holderAfter: 'secured',
    holdEndsBy: null,
    target: 'disarmed',
  })
})

test('moved earlier so that the cut-off is past, an open listing closes and its target is armed', () => {
  expect(decideMove({ state: 'open', holder: 'secured' }, closing(-1), now)).toMatchObject({
    stateAfter: 'closed',
    holderAfter: 'secured',
    target: 'armed',
  })
})

test('a closed listing that stays closed has its target armed for the new window', () => {
  expect(decideMove({ state: 'closed', holder: 'secured' }, closing(-1), now)).toMatchObject({
    stateAfter: 'closed',
    target: 'rearmed',
  })
})

test('an unpaid hold ends 5 minutes before the new cut-off, at once where that is past', () => {
  expect(decideMove({ state: 'open', holder: 'unpaid' }, closing(6), now)).toMatchObject({
    holderAfter: 'unpaid',
    holdEndsBy: minutes(1),
  })
  expect(decideMove({ state: 'open', holder: 'unpaid' }, closing(5), now)).toMatchObject({
    holderAfter: 'none',
    target: 'none',
  })
})

test('at the instant of the cut-off it is past', () => {
  expect(decideMove({ state: 'open', holder: 'none' }, closing(0), now).stateAfter).toBe('closed')
})

test('a listing that drops or has ended cannot be moved', () => {
  const movable = statesOf(listingMachine).filter((state) => {
    try {
      decideMove({ state, holder: 'none' }, closing(10), now)
      return true
    } catch (error) {
      expect(error).toMatchObject({ code: 'listing_not_movable' })
      return false
    }
  })
  expect(movable).toEqual(['upcoming', 'open', 'closed'])
  const shown = statesOf(listingMachine).filter(
    (state) => listingActions({ state, overridden: true }, ['operator']).length > 0,
  )
  expect(shown).toEqual(movable)
})

test.each([
  ['ends before it starts', { ...closing(10), dropTo: minutes(69) }],
  ['starts before orders close', { ...closing(10), cutoffAt: minutes(71) }],
  ['is past', { cutoffAt: minutes(-9), dropFrom: minutes(-8), dropTo: now }],
  [
    'closes orders before all years there are',
    { ...closing(10), cutoffAt: new Date('1969-12-31T23:59:00Z') },
  ],
  ['ends after all years there are', { ...closing(10), dropTo: new Date('2100-01-01T00:00:00Z') }],
  ['lies more than 60 days ahead', { ...closing(10), dropTo: minutes(60 * 24 * 60 + 1) }],
  ['lies in the year 9999', { ...closing(10), dropTo: new Date('9999-12-31T23:59:59Z') }],
  ['closes its orders in the year 1', { ...closing(10), cutoffAt: new Date('0001-01-01T00:00:00Z') }],
])('a window that %s is refused', (_fault, window) => {
  expect(() => checkWindow(window, now)).toThrow(expect.objectContaining({ code: 'invalid_window' }))
})

test('an override can be undone where there is one, by those who may override', () => {
  expect(listingActions({ state: 'open', overridden: false }, ['operator'])).toEqual(['override'])
  expect(listingActions({ state: 'open', overridden: true }, ['operator'])).toEqual(['override', 'undo'])
  expect(listingActions({ state: 'open', overridden: true }, ['finance'])).toEqual([])
})

const seen: Basis = {
  version: 3,
  state: 'open',
  holder: 'none',
  cutoffAt: new Date('2026-11-20T10:00:00Z'),
  dropFrom: new Date('2026-11-20T14:00:00Z'),
  dropTo: new Date('2026-11-20T15:00:00Z'),
}

test('a listing with the version of the preview is accepted', () => {
  expect(() => requireBasis(seen, { ...seen })).not.toThrow()
})

test('a changed listing is refused with each field that differs, as in the preview and as now', () => {
  const changed: Basis = { ...seen, version: 4, holder: 'secured', dropTo: new Date('2026-11-20T16:00:00Z') }
  expect(() => requireBasis(seen, changed)).toThrow(
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

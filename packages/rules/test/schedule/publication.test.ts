import { describe, expect, test } from 'vitest'
import { nextPublicationWindow, opensAt, publicationWindow } from '../../src/schedule/publication.ts'

const rule = { timeZone: 'Europe/Warsaw', from: '09:30', to: '10:00' }
const at = (text: string) => new Date(text)

describe('rule 5: when a run is published', () => {
  test('a run that is ready early waits for the window', () => {
    expect(opensAt(at('2026-07-01T07:29:59.999Z'), rule)).toEqual({
      opensAt: at('2026-07-01T07:30:00Z'),
      lateness: 'early',
      lateSeconds: 0,
    })
  })

  test.each(['2026-07-01T07:30:00Z', '2026-07-01T07:45:12.345Z', '2026-07-01T08:00:00Z'])(
    'one that is ready in the window, at %s, is published at once',
    (now) => {
      expect(opensAt(at(now), rule)).toEqual({ opensAt: at(now), lateness: 'on_time', lateSeconds: 0 })
    },
  )

  test('a late one is published at once, with the seconds by which it is late', () => {
    const now = at('2026-07-01T08:02:00.001Z')
    expect(opensAt(now, rule)).toEqual({ opensAt: now, lateness: 'late', lateSeconds: 121 })
  })

  test('after local midnight it waits for the next day’s window', () => {
    expect(opensAt(at('2026-07-01T22:00:00Z'), rule)).toEqual({
      opensAt: at('2026-07-02T07:30:00Z'),
      lateness: 'early',
      lateSeconds: 0,
    })
  })
})

test('the window moves with summer time', () => {
  expect(publicationWindow(at('2026-01-15T00:00:00Z'), rule).from).toEqual(at('2026-01-15T08:30:00Z'))
  expect(publicationWindow(at('2026-07-15T00:00:00Z'), rule).from).toEqual(at('2026-07-15T07:30:00Z'))
})

test('a window that ends before it starts is an error', () => {
  expect(() => opensAt(at('2026-07-01T08:00:00Z'), { ...rule, to: '09:00' })).toThrow(RangeError)
})

test('the next list is to be expected in today’s window until that has ended, then in tomorrow’s', () => {
  const today = { from: at('2026-10-24T07:30:00Z'), to: at('2026-10-24T08:00:00Z') }
  // Summer time ends in the night between.
  const tomorrow = { from: at('2026-10-25T08:30:00Z'), to: at('2026-10-25T09:00:00Z') }
  expect(nextPublicationWindow(at('2026-10-24T00:00:00Z'), rule)).toEqual(today)
  expect(nextPublicationWindow(at('2026-10-24T08:00:00Z'), rule)).toEqual(today)
  expect(nextPublicationWindow(at('2026-10-24T08:00:00.001Z'), rule)).toEqual(tomorrow)
})

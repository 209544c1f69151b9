import { expect, test } from 'vitest'
import { z } from 'zod'
import { hasWindow, noWindow, publicationOf, publicationSettings } from '../src/publication.ts'
import { readSettings } from '../src/values.ts'

const Schema = z.object(publicationSettings).refine(hasWindow, noWindow)
const read = (environment: Record<string, string>) => readSettings('app', Schema, environment)

test('by default lists open in the daily window, in UTC', () => {
  expect(publicationOf(read({}))).toEqual({ timeZone: 'UTC', from: '09:30', to: '10:00' })
})

test('at once ignores the window', () => {
  expect(publicationOf(read({ DROPLOCK_PUBLICATION: 'at_once' }))).toBe('at_once')
})

test('a window may start and end at the same time, in either notation', () => {
  const instant = { DROPLOCK_PUBLICATION_FROM: '09:30:00', DROPLOCK_PUBLICATION_TO: '09:30' }
  expect(publicationOf(read(instant))).toMatchObject({ from: '09:30:00', to: '09:30' })
})

test.each([
  [{ DROPLOCK_PUBLICATION_TO: '09:29:59' }, 'DROPLOCK_PUBLICATION_TO: is before DROPLOCK_PUBLICATION_FROM'],
  [{ DROPLOCK_PUBLICATION_FROM: '24:00' }, 'DROPLOCK_PUBLICATION_FROM: must be HH:MM or HH:MM:SS'],
  [{ DROPLOCK_SERVICE_TIME_ZONE: 'Mars/One' }, 'DROPLOCK_SERVICE_TIME_ZONE: is not an IANA time zone'],
])('%j is refused', (environment, complaint) => {
  expect(() => read(environment)).toThrow(`app: ${complaint}`)
})

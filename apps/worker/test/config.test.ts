import { publicationOf } from '@droplock/settings/publication'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'
import { credentialsOf } from '../src/feeds/seeds.ts'

const database = { DATABASE_URL: 'postgres://u:hidden-secret@127.0.0.1/d' }
const withFeed = (feed: object) => ({ ...database, DROPLOCK_FEEDS: JSON.stringify([feed]) })

test('with only a database the worker sweeps, reads nothing, and would publish in the daily window', () => {
  const config = readConfig(database)
  expect(config).toMatchObject({ DROPLOCK_FEEDS: [], DROPLOCK_SWEEP_CLOSE_MS: 250 })
  expect(publicationOf(config)).toEqual({ timeZone: 'UTC', from: '09:30', to: '10:00' })
})

test('what is kept for how long is the policy, but where it is set otherwise', () => {
  expect(readConfig(database).DROPLOCK_RETENTION_DAYS).toMatchObject({ attempt: 90, sync_row: 30 })
  const days = readConfig({ ...database, DROPLOCK_RETENTION_DAYS: '{"attempt":180}' }).DROPLOCK_RETENTION_DAYS
  expect(days).toMatchObject({ attempt: 180, sync_row: 30 })
})

test('a source is an address or a path', () => {
  const config = readConfig(withFeed({ registryId: 'r', path: '/lists', timeZone: 'Europe/Warsaw' }))
  expect(config.DROPLOCK_FEEDS).toMatchObject([
    { seed: { registryId: 'r', address: '/lists', timeZone: 'Europe/Warsaw', lateAfterSeconds: 93_600 } },
  ])
})

test('a password in an address stays in the settings, under the name that the row of the source has', () => {
  const configured = readConfig(
    withFeed({ registryId: 'r', url: 'https://me:hi%3Adden@r.test/list.csv' }),
  ).DROPLOCK_FEEDS
  const address = 'https://r.test/list.csv'
  expect(configured.map(({ seed }) => seed)).toMatchObject([{ address, credentials: address }])
  const known = credentialsOf(configured, { other: { token: 'abc' } })
  expect([...known]).toEqual([
    [address, { user: 'me', password: 'hi:dden' }],
    ['other', { token: 'abc' }],
  ])
})

describe.each([
  [
    'attempts kept for a day',
    { ...database, DROPLOCK_RETENTION_DAYS: '{"attempt":1}' },
    'DROPLOCK_RETENTION_DAYS',
  ],
  [
    'a time for what is kept for ever',
    { ...database, DROPLOCK_RETENTION_DAYS: '{"invoice":1}' },
    'DROPLOCK_RETENTION_DAYS',
  ],
  ['no database', {}, 'DATABASE_URL'],
  ['sources that are not JSON', { ...database, DROPLOCK_FEEDS: '[' }, 'DROPLOCK_FEEDS: is not JSON'],
  ['a source without a place', withFeed({ registryId: 'r' }), 'either url or path'],
  [
    'a source with two places',
    withFeed({ registryId: 'r', url: 'https://r.test', path: '/l' }),
    'either url or path',
  ],
  ['an unknown format', withFeed({ registryId: 'r', path: '/l', format: 'xls' }), 'is not a list format'],
  [
    'an unknown calendar',
    withFeed({ registryId: 'r', path: '/l', timeZone: 'Mars' }),
    'is not an IANA time zone',
  ],
  [
    'credentials of no known kind',
    { ...database, DROPLOCK_SOURCE_CREDENTIALS: '{"a":{"key":"hidden-secret"}}' },
    'DROPLOCK_SOURCE_CREDENTIALS',
  ],
  [
    'a window that ends before it starts',
    { ...database, DROPLOCK_PUBLICATION_TO: '09:00' },
    'DROPLOCK_PUBLICATION_TO',
  ],
  [
    'a service zone that does not exist',
    { ...database, DROPLOCK_SERVICE_TIME_ZONE: 'Mars' },
    'DROPLOCK_SERVICE_TIME_ZONE',
  ],
])('%s', (_, environment, complaint) => {
  test('is refused in one line that repeats no secret', () => {
    expect(() => readConfig(environment)).toThrow(complaint)
    expect(() => readConfig(environment)).not.toThrow(/hidden-secret|\n/)
  })
})

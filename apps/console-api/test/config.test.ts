import { BadConfig } from '@droplock/settings/values'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const url = 'postgres://user:hush@127.0.0.1/droplock'

test('a database is enough; the rest is safe by default', () => {
  expect(readConfig({ DATABASE_URL: url })).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8081,
    DATABASE_URL: url,
    DROPLOCK_PUBLICATION: 'daily',
    TRUSTED_PROXIES: [],
    CONSOLE_FOLDER: expect.stringMatching(/apps\/console\/dist$/),
  })
})

test.each([
  ['no database', {}, 'DATABASE_URL'],
  ['another kind of database', { DATABASE_URL: 'mysql://u:hush@h/d' }, 'DATABASE_URL'],
  ['a port that is none', { DATABASE_URL: url, PORT: '70000' }, 'PORT'],
  ['an origin that is none', { DATABASE_URL: url, PUBLIC_ORIGIN: 'console.example' }, 'PUBLIC_ORIGIN'],
  ['a proxy that is none', { DATABASE_URL: url, TRUSTED_PROXIES: '10.0.0.0/8, hush' }, 'TRUSTED_PROXIES'],
  ['a size that is none', { DATABASE_URL: url, UPLOAD_BYTES_MAX: 'much' }, 'UPLOAD_BYTES_MAX'],
  [
    'a time zone that is none',
    { DATABASE_URL: url, DROPLOCK_SERVICE_TIME_ZONE: 'Mars/One' },
    'DROPLOCK_SERVICE_TIME_ZONE',
  ],
  [
    'a window that ends first',
    { DATABASE_URL: url, DROPLOCK_PUBLICATION_TO: '09:00' },
    'DROPLOCK_PUBLICATION_TO',
  ],
])('%s is one clear line that names the setting and shows no secret', (_, environment, setting) => {
  const read = () => readConfig(environment)
  expect(read).toThrow(BadConfig)
  expect(read).toThrow(new RegExp(`^console-api: ${setting}: [^\n]+$`))
  expect(read).not.toThrow(/hush/)
})

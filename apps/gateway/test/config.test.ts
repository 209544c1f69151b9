import { BadConfig } from '@droplock/settings/values'
import { expect, test } from 'vitest'
import { readConfig } from '../src/config.ts'

const url = 'postgres://user:hush@127.0.0.1/droplock'

test('a database is enough; the rest is safe by default', () => {
  expect(readConfig({ DATABASE_URL: url })).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 8080,
    DATABASE_URL: url,
    DATABASE_MODE: 'test',
  })
})

test.each([
  ['no database', {}, 'DATABASE_URL'],
  ['another kind of database', { DATABASE_URL: 'mysql://u:hush@h/d' }, 'DATABASE_URL'],
  ['a mode that is none', { DATABASE_URL: url, DATABASE_MODE: 'prod' }, 'DATABASE_MODE'],
  ['a port that is none', { DATABASE_URL: url, PORT: '70000' }, 'PORT'],
  ['a time that is none', { DATABASE_URL: url, DRAIN_MS_MAX: 'soon' }, 'DRAIN_MS_MAX'],
])('%s is one clear line that names the setting and shows no secret', (_, environment, setting) => {
  const read = () => readConfig(environment)
  expect(read).toThrow(BadConfig)
  expect(read).toThrow(new RegExp(`^gateway: ${setting}: [^\n]+$`))
  expect(read).not.toThrow(/hush/)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { BadConfig, databaseUrl, json, logLevel, milliseconds, port, readSettings } from '../src/values.ts'

const Schema = z.object({
  DATABASE_URL: databaseUrl,
  PORT: port(8080),
  WAIT_MS: milliseconds(10, 100).default(50),
  DROPLOCK_LOG_LEVEL: logLevel,
  ACCOUNTS: json(z.record(z.string(), z.object({ password: z.string().min(6) }))).default({}),
})
const database = { DATABASE_URL: 'postgres://u:hush@127.0.0.1/d' }

test('a setting that is not set has its default, and unknown settings are ignored', () => {
  expect(readSettings('app', Schema, { ...database, OTHER: 'hush' })).toEqual({
    ...database,
    PORT: 8080,
    WAIT_MS: 50,
    DROPLOCK_LOG_LEVEL: 'info',
    ACCOUNTS: {},
  })
})

describe.each([
  ['a setting that is missing', {}, 'DATABASE_URL: must be a postgres:// URL'],
  ['text that is not a URL', { DATABASE_URL: 'hush' }, 'DATABASE_URL: must be a postgres:// URL'],
  [
    'another kind of database',
    { DATABASE_URL: 'mysql://u:hush@h/d' },
    'DATABASE_URL: must be a postgres:// URL',
  ],
  ['a port that is out of range', { ...database, PORT: '70000' }, 'PORT: '],
  ['a time that is too short', { ...database, WAIT_MS: '9' }, 'WAIT_MS: '],
  ['a time that is too long', { ...database, WAIT_MS: '101' }, 'WAIT_MS: '],
  ['an unknown word', { ...database, DROPLOCK_LOG_LEVEL: 'hush' }, 'DROPLOCK_LOG_LEVEL: '],
  ['text that is not JSON', { ...database, ACCOUNTS: '{"hush"' }, 'ACCOUNTS: is not JSON'],
  ['JSON of another schema', { ...database, ACCOUNTS: '{"a":{"password":"hush"}}' }, 'ACCOUNTS.a.password: '],
])('%s', (_, environment, complaint) => {
  const read = () => readSettings('app', Schema, environment)
  test('is one line that names the app and the setting, and repeats no value', () => {
    expect(read).toThrow(BadConfig)
    expect(read).toThrow(`app: ${complaint}`)
    expect(read).not.toThrow(/hush|\n/)
  })
})

test('all wrong settings are in one message', () => {
  const bad = { ...database, PORT: 'high', WAIT_MS: 'long' }
  expect(() => readSettings('app', Schema, bad)).toThrow(/^app: PORT: [^;\n]+; WAIT_MS: [^;\n]+$/)
})

const fixture = fileURLToPath(new URL('run-main-fixture.ts', import.meta.url))

test.each([
  ['config', 'app: PORT: is none\n'],
  ['other', 'app: the port is taken\n'],
  ['wordless', 'app: RangeError\n'],
])(
  'a main that fails (%s) ends with one line and exit code 1, even with open handles',
  async (failure, line) => {
    const child = spawn(process.execPath, [fixture, failure], { stdio: ['ignore', 'ignore', 'pipe'] })
    const [output, ended] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect(output).toBe(line)
    expect(ended).toEqual([1, null])
  },
)

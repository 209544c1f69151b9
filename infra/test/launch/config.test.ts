import { expect, test } from 'vitest'
import { readConfig } from '../../src/launch/config.ts'

test('the embedded database is a demo, a given one only when it is said to be', () => {
  const given = { DATABASE_URL: 'postgres://u:secret@db.example/droplock' }
  expect(readConfig({}).isDemo).toBe(true)
  expect(readConfig(given).isDemo).toBe(false)
  expect(readConfig({ ...given, DROPLOCK_DEMO: '1' }).isDemo).toBe(true)
})

test('a bad value is one line that names the variable and repeats nothing of it', () => {
  const bad = { DATABASE_URL: 'mysql://u:secret@db.example/droplock', DROPLOCK_DEMO: 'yes, hidden' }
  expect(() => readConfig(bad)).toThrow(
    /^droplock: DATABASE_URL: must be a postgres:\/\/ URL; DROPLOCK_DEMO: [^\n]*"0"\|"1"$/,
  )
  expect(() => readConfig(bad)).not.toThrow(/secret|hidden/)
})

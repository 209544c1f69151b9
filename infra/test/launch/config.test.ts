import type { Environment } from '@droplock/settings/read-settings'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/launch/config.ts'

const needs = (environment: Environment) => readConfig(environment).needsSandbox

test('the embedded database is a demo, a given one only when it is said to be', () => {
  const given = { DATABASE_URL: 'postgres://u:secret@db.example/droplock' }
  expect(readConfig({}).isDemo).toBe(true)
  expect(readConfig(given).isDemo).toBe(false)
  expect(readConfig({ ...given, DROPLOCK_DEMO: '1' }).isDemo).toBe(true)
})

test('the sandbox provider is started where play money is paid with, unless one is given', () => {
  const given = { DATABASE_URL: 'postgres://u:secret@db.example/droplock' }
  expect(needs({})).toBe(true)
  expect(needs({ DATABASE_MODE: 'live' })).toBe(true)
  expect(needs(given)).toBe(true)
  expect(needs({ ...given, DATABASE_MODE: 'live' })).toBe(false)
  expect(needs({ ...given, DATABASE_MODE: 'live', DROPLOCK_DEMO: '1' })).toBe(true)
  expect(needs({ DROPLOCK_SANDBOX_URL: 'http://127.0.0.1:9' })).toBe(false)
})

test('the mail outbox is started for a demo, unless a mail server is given', () => {
  const given = { DATABASE_URL: 'postgres://u:secret@db.example/droplock' }
  expect(readConfig({}).needsOutbox).toBe(true)
  expect(readConfig(given).needsOutbox).toBe(false)
  expect(readConfig({ ...given, DROPLOCK_DEMO: '1' }).needsOutbox).toBe(true)
  expect(readConfig({ DROPLOCK_SMTP_URL: 'smtp://mail.example' }).needsOutbox).toBe(false)
})

test('a bad value is one line that names the variable and repeats nothing of it', () => {
  const bad = { DATABASE_URL: 'mysql://u:secret@db.example/droplock', DROPLOCK_DEMO: 'yes, hidden' }
  expect(() => readConfig(bad)).toThrow(
    /^droplock: DATABASE_URL: must be a postgres:\/\/ URL; DROPLOCK_DEMO: [^\n]*"0"\|"1"$/,
  )
  expect(() => readConfig(bad)).not.toThrow(/secret|hidden/)
})

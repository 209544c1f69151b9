import { ofEachApp } from '@droplock/core/database/app-roles'
import type { Environment } from '@droplock/settings/values'
import { expect, test } from 'vitest'
import { databaseVariables } from '../../src/launch/apps.ts'
import { readConfig } from '../../src/launch/config.ts'
import { hideLiveSettings } from '../../src/launch/test-world.ts'

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

test('each app has the login that is given for it; some of them without the others are refused', () => {
  const owner = { DATABASE_URL: 'postgres://owner:secret@db.example/droplock' }
  const apps = {
    GATEWAY_DATABASE_URL: 'postgres://g@db.example/droplock',
    CONSOLE_API_DATABASE_URL: 'postgres://c@db.example/droplock',
    WORKER_DATABASE_URL: 'postgres://w@db.example/droplock',
    CATCHER_DATABASE_URL: 'postgres://k@db.example/droplock',
    MARKETPLACE_DATABASE_URL: 'postgres://m@db.example/droplock',
  }
  expect(readConfig({ ...owner, ...apps }).appUrls?.catcher).toBe(apps.CATCHER_DATABASE_URL)
  expect(readConfig(owner).appUrls).toBeUndefined()
  expect(() => readConfig(apps)).toThrow(/give all of them beside DATABASE_URL, or none$/)
  const { CATCHER_DATABASE_URL: _, ...some } = apps
  expect(() => readConfig({ ...owner, ...some })).toThrow(/^droplock: GATEWAY_DATABASE_URL, [^\n]*or none$/)
})

test('an app gets its own login and no other, and an app without a role gets none', () => {
  const urls = ofEachApp((app) => `postgres://${app}@db.example/droplock`)
  const hidden = {
    GATEWAY_DATABASE_URL: undefined,
    CONSOLE_API_DATABASE_URL: undefined,
    WORKER_DATABASE_URL: undefined,
    CATCHER_DATABASE_URL: undefined,
    MARKETPLACE_DATABASE_URL: undefined,
    OTHER_GATEWAY_DATABASE_URL: undefined,
    OTHER_WORKER_DATABASE_URL: undefined,
    OTHER_CATCHER_DATABASE_URL: undefined,
  }
  expect(databaseVariables('gateway', urls)).toEqual({ ...hidden, DATABASE_URL: urls.gateway })
  expect(databaseVariables('gateway', urls)).not.toHaveProperty('OTHER_DATABASE_URL')
  const others = { ...hidden, OTHER_DATABASE_URL: undefined }
  expect(databaseVariables('console-api', urls)).toStrictEqual({ ...others, DATABASE_URL: urls.console_api })
  expect(databaseVariables('registry-sim', urls)).toStrictEqual({ ...others, DATABASE_URL: undefined })
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

test('a test world runs beside a live database of yours, in a database of its own', () => {
  const live = { DATABASE_URL: 'postgres://u@db.example/live', DATABASE_MODE: 'live' }
  const other = { OTHER_DATABASE_URL: 'postgres://u:secret@db.example/sandbox' }
  const url = other.OTHER_DATABASE_URL
  expect(readConfig(live).test).toBeUndefined()
  expect(readConfig({ ...live, ...other }).test).toEqual({
    url,
    urls: { gateway: url, worker: url, catcher: url },
    directUrl: undefined,
  })
  expect(readConfig({ ...live, ...other, DATABASE_MODE: 'test' }).test).toBeUndefined()
  expect(readConfig({ ...other, DATABASE_MODE: 'live' }).test).toBeUndefined()
  for (const same of ['postgres://other@db.example/live', 'postgresql://u@db.example:5432/live'])
    expect(() => readConfig({ ...live, OTHER_DATABASE_URL: same })).toThrow(/is the live database/)
  const worker = { OTHER_WORKER_DATABASE_URL: 'postgres://w@db.example/sandbox' }
  expect(() => readConfig({ ...live, ...other, ...worker })).toThrow(
    /give all of them beside OTHER_DATABASE_URL/,
  )
  expect(() => readConfig({ ...live, ...worker })).toThrow(/give all of them beside OTHER_DATABASE_URL/)
})

test('an app of the test world sees no setting of the live one but what both share', () => {
  const names = [
    'PATH',
    'HOME',
    'DROPLOCK_EPP_CREDENTIALS',
    'DATABASE_DIRECT_URL',
    'STRIPE_SECRET_KEY',
    'WORKER_DATABASE_URL',
  ]
  const hidden = hideLiveSettings([...names, 'OTHER_DATABASE_URL', 'DROPLOCK_LOG_LEVEL'])
  expect(Object.keys(hidden)).toEqual([...names.slice(2), 'OTHER_DATABASE_URL'])
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminOn } from './support/admin-on.ts'

const folder = mkdtempSync(join(tmpdir(), 'droplock-admin-'))
let database: Clone
let admin: ReturnType<typeof adminOn>
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
  const file = join(folder, 'acme.json')
  const hosts = [{ host: 'epp.acme.example' }]
  const accounts = [
    { id: 'acme/us', clid: 'us-1', hosts },
    { id: 'acme/second', clid: 'us-2', hosts },
  ]
  writeFileSync(file, JSON.stringify({ id: 'acme', profile: 'generic', accounts, zones: [] }))
  await admin.list('registry', 'put', file)
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const reason = ['--reason', 'a test'] as const

test('a registry with two accounts is shown as it was put', async () => {
  const { out } = await admin.run('registry', 'show', 'acme')
  expect(JSON.parse(out)).toMatchObject({ accounts: [{ id: 'acme/second' }, { id: 'acme/us' }] })
})

test('a registry is stopped and restarted', async () => {
  await admin.one('stop', 'begin', 'acme', ...reason)
  expect(await admin.list('stop', 'list')).toMatchObject([{ registry: 'acme', ended_at: null }])
  expect(await admin.refused('stop', 'begin', 'acme', ...reason)).toMatchObject({ code: 'registry_stopped' })
  await admin.one('stop', 'end', 'acme', ...reason)
  expect(await admin.refused('stop', 'end', 'acme', ...reason)).toMatchObject({
    code: 'registry_not_stopped',
  })
  expect(await admin.refused('stop', 'begin', 'nowhere', ...reason)).toMatchObject({
    code: 'registry_not_found',
  })
})

test('the order of service of a registry is listed', async () => {
  expect(await admin.list('registry', 'order-of-service', 'acme', '--unserved')).toEqual([])
  expect(await admin.refused('registry', 'order-of-service', 'nowhere')).toMatchObject({
    code: 'registry_not_found',
  })
})

test('a maintenance is entered and canceled', async () => {
  const times = ['2026-12-24T00:00:00Z', '2026-12-24T06:00:00Z'] as const
  const { id } = await admin.one('maintenance', 'add', 'acme', ...times, ...reason)
  expect(await admin.list('maintenance', 'list')).toMatchObject([{ id, registry: 'acme', canceled_at: null }])
  await admin.one('maintenance', 'cancel', String(id), ...reason)
  const [from, to] = times
  expect(await admin.refused('maintenance', 'add', 'acme', to, from, ...reason)).toMatchObject({
    code: 'invalid_window',
  })
  const unknown = '01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44'
  expect(await admin.refused('maintenance', 'cancel', unknown, ...reason)).toMatchObject({
    code: 'maintenance_not_found',
  })
  expect(await admin.list('message', 'list')).toEqual([])
})

test('a password change is requested once, canceled, and its expiry set', async () => {
  await admin.one('password', 'change', 'acme/us', '2027', ...reason)
  expect(await admin.refused('password', 'change', 'acme/us', '2028', ...reason)).toMatchObject({
    code: 'password_change_open',
  })
  await admin.one('password', 'cancel', 'acme/us', ...reason)
  expect(await admin.refused('password', 'cancel', 'acme/us', ...reason)).toMatchObject({
    code: 'password_change_not_open',
  })
  expect(await admin.list('password', 'list')).toMatchObject([
    { account: 'acme/us', to: '2027', state: 'canceled' },
  ])
  await admin.one('password', 'expires', 'acme/us', '2026-12-31T00:00:00Z', ...reason)
  await database.db
    .updateTable('registry_account')
    .set({ password_name: '2027' })
    .where('id', '=', 'acme/us')
    .execute()
  expect(await admin.refused('password', 'change', 'acme/us', '2027', ...reason)).toMatchObject({
    code: 'password_in_use',
  })
  expect(await admin.refused('password', 'change', 'nobody', '2027', ...reason)).toMatchObject({
    code: 'registry_account_not_found',
  })
})

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
  await admin.list('registry', 'put', fileOf(registry))
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const registry = {
  id: 'acme',
  profile: 'generic',
  account: { id: 'acme/us', clid: 'us-1', hosts: [{ host: 'epp.acme.example' }] },
  zones: [{ name: 'acme', fee: '10.26 USD', contact_roles: ['registrant', 'tech'] }],
}

const int = { name: 'Rita Registrant', street: ['1 Main Street'], city: 'London', country: 'GB' }
const registrant = { int, voice: '+44.2071234567', email: 'rita@example.com' }
const tech = {
  int: { ...int, name: 'Li Lei', country: 'CN', postal_code: '100000' },
  loc: { ...int, name: '李雷', country: 'CN' },
  email: 'li@example.com',
}

function fileOf(content: unknown): string {
  const path = join(folder, 'file.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const set = (content: unknown, account = 'acme/us') =>
  ['contacts', 'set', account, fileOf(content), '--reason', 'a test'] as const

test('default contacts are set from a file and shown with what became of them at the registry', async () => {
  const pending = { state: 'pending', answer: null, in_force: null }
  expect(await admin.list('contacts', 'show', 'acme/us')).toEqual([])
  expect(await admin.list(...set({ registrant, tech }))).toMatchObject([
    { role: 'registrant', email: 'rita@example.com', ...pending },
    { role: 'admin', name: 'Rita Registrant', ...pending },
    { role: 'tech', name: 'Li Lei', email: 'li@example.com', ...pending },
    { role: 'billing', name: 'Rita Registrant', ...pending },
  ])
  expect(await admin.list('contacts', 'show', 'acme/us')).toHaveLength(4)
})

test('what contacts a zone wants is part of its registry’s file', async () => {
  const { out } = await admin.run('registry', 'show', 'acme')
  expect(JSON.parse(out)).toMatchObject({ zones: [{ contact_roles: ['registrant', 'tech'] }] })
})

test.each([
  ['malformed_json', '{'],
  ['invalid_request', { tech }],
  ['invalid_request', { registrant: { ...registrant, mail: 'x' } }],
  ['invalid_contact', { registrant: { email: 'rita@example.com' } }],
  ['invalid_contact', { registrant: { ...registrant, voice: '020 7123 4567' } }],
])('contacts are refused as %s, and nothing of the file is kept', async (code, content) => {
  const before = await admin.list('contacts', 'show', 'acme/us')
  expect(await admin.refused(...set(content))).toMatchObject({ exit: 1, code })
  expect(await admin.list('contacts', 'show', 'acme/us')).toEqual(before)
})

test('an account that is not there has no contacts', async () => {
  const refusal = { exit: 1, code: 'registry_account_not_found' }
  expect(await admin.refused(...set({ registrant }, 'nowhere'))).toMatchObject(refusal)
  expect(await admin.refused('contacts', 'show', 'nowhere')).toMatchObject(refusal)
})

import { asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adminOn } from './support/admin-on.ts'

let database: Clone
let admin: ReturnType<typeof adminOn>
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
  const service = asService({ db: database.db, newId })
  await defineRegistry(service, { id: 'acme', profile: 'generic', accounts: [], zones: [] })
})
afterAll(() => database.drop())

const url = 'https://lists.acme.example/drop.csv.gz'
const why = ['--reason', 'the supplier said so'] as const

test('sources are added, changed, fetched, disabled and enabled by command, each audited with who ran it', async () => {
  const terms = ['--time-zone', 'Europe/Warsaw', '--expected-by', '09:30', '--precedence', '-5'] as const
  const { id } = await admin.one('source', 'add', 'acme', url, ...terms)
  expect(await admin.list('source', 'list')).toMatchObject([
    { id, registry: 'acme', address: url, enabled: true, format: 'detected', late_seconds: 0, failures: 0 },
  ])
  await admin.one('source', 'change', id, '--format', 'ietf-csv', '--late-after-seconds', 'none', ...why)
  const row = () => database.db.selectFrom('list_source').selectAll().executeTakeFirstOrThrow()
  expect(await row()).toMatchObject({
    format: 'ietf-csv',
    late_after_seconds: null,
    expected_by: '09:30:00',
    time_zone: 'Europe/Warsaw',
    precedence: -5,
  })
  expect(await admin.one('source', 'fetch', id, '--dry-run', ...why)).toMatchObject({ requested: 'dry_run' })
  await admin.one('source', 'disable', id, ...why)
  expect(await row()).toMatchObject({ enabled: false, requested: null })
  await admin.one('source', 'enable', id, ...why)
  expect(await row()).toMatchObject({ enabled: true })
  const entries = await database.db
    .selectFrom('audit_entry')
    .select(['action', 'actor_name'])
    .where('subject_id', '=', id)
    .orderBy('seq')
    .execute()
  expect(entries.map(({ action }) => action)).toEqual([
    'list_source.added',
    'list_source.changed',
    'list_source.fetch_requested',
    'list_source.disabled',
    'list_source.enabled',
  ])
  expect(entries.every(({ actor_name: name }) => String(name).startsWith('command:'))).toBe(true)
})

test('what is no source, or is there already, is refused by its code and nothing is done', async () => {
  const before = await admin.list('source', 'list')
  const refused = async (...args: readonly string[]) => {
    const refusal: { readonly code?: unknown } = Object(await admin.refused('source', ...args))
    return refusal.code
  }
  expect(await refused('add', 'acme', url)).toBe('source_exists')
  expect(await refused('add', 'nobody', url)).toBe('registry_not_found')
  for (const address of [
    'https://me:hidden@lists.acme.example/',
    'lists/drop.csv',
    'ftp://lists.acme.example/',
  ])
    expect(await refused('add', 'acme', address)).toBe('source_invalid')
  expect(await refused('add', 'acme', '/lists', '--credentials', 'acme')).toBe('source_invalid')
  expect(await refused('add', 'acme', '/lists', '--time-zone', 'Mars')).toBe('source_invalid')
  expect(await refused('add', 'acme', '/lists', '--expected-by', '25:00')).toBe('source_invalid')
  expect(await refused('fetch', newId(), ...why)).toBe('source_not_found')
  expect(await admin.list('source', 'list')).toEqual(before)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { adminOn } from './support/admin-on.ts'

const folder = mkdtempSync(join(tmpdir(), 'droplock-admin-'))
let database: Clone
let admin: ReturnType<typeof adminOn>
beforeAll(async () => {
  database = await cloneDatabase()
  admin = adminOn(database.url)
})
afterAll(async () => {
  await database.drop()
  rmSync(folder, { recursive: true })
})

const registry = {
  id: 'acme',
  profile: 'generic',
  account: {
    id: 'acme/us',
    clid: 'us-1',
    hosts: [{ host: 'epp.acme.example', port: 700 }],
    limits: { sessions_max: 3 },
  },
  zones: [
    {
      name: 'acme',
      fee: '10.26 USD',
      drop_time_zone: 'America/New_York',
      prices: ['29.00 USD', '2700 JPY'],
      renewal_prices: ['15.00 USD'],
    },
  ],
}
const [zone] = registry.zones

function fileOf(content: unknown): string {
  const path = join(folder, 'registry.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const put = (content: unknown) => admin.list('registry', 'put', fileOf(content), '--reason', 'a dearer year')

beforeEach(() => put(registry))

describe('a registry from a file', () => {
  test('is shown as a file that changes nothing when it is put back', async () => {
    const { out } = await admin.run('registry', 'show', 'acme')
    expect(JSON.parse(out)).toMatchObject({
      ...registry,
      zones: [{ ...zone, prices: ['2700 JPY', '29.00 USD'], renew_fee: '10.26 USD', phase_fee: '0.00 USD' }],
    })
    expect(await put(out)).toEqual([])
  })

  test('changes only what is different, with what was before in the audit', async () => {
    const dearer = { ...registry, zones: [{ ...zone, fee: '11.00 USD' }] }
    expect(await admin.refused('registry', 'put', fileOf(dearer))).toMatchObject({
      exit: 1,
      code: 'reason_required',
    })
    expect(await put(dearer)).toEqual([{ what: 'zone', id: 'acme', change: 'changed' }])
    const entry = await database.db
      .selectFrom('audit_entry')
      .select(['action', 'reason', 'before', 'after'])
      .where('subject_type', '=', 'zone')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({
      action: 'zone.set',
      reason: 'a dearer year',
      before: { standardFeeMinor: '1026' },
      after: { standardFeeMinor: '1100' },
    })
  })

  test('stops and takes orders, and has its prices set and taken away', async () => {
    await admin.one('zone', 'disable', 'acme', '--reason', 'contract ends')
    expect(await admin.list('zone', 'list')).toMatchObject([{ name: 'acme', enabled: false }])
    await admin.one('zone', 'enable', 'acme', '--reason', 'renewed')
    await admin.one('price', 'set', 'acme', '31.50 USD', '--reason', 'dearer')
    await admin.one('price', 'set', 'acme', '16.00 USD', '--renewal', '--reason', 'dearer')
    await admin.one('price', 'remove', 'acme', 'JPY', '--reason', 'no customers')
    const { out } = await admin.run('registry', 'show', 'acme')
    expect(JSON.parse(out)).toMatchObject({
      zones: [{ prices: ['31.50 USD'], renewal_prices: ['16.00 USD'] }],
    })
    expect(await admin.list('zone', 'list')).toMatchObject([{ enabled: true }])
  })
})

describe('refused as', () => {
  test.each([
    ['malformed_json', '{'],
    ['invalid_request', { ...registry, profil: 'generic' }],
    ['invalid_request', { ...registry, zones: [{ ...zone, fee: '10.267 USD' }] }],
    ['invalid_request', { ...registry, zones: [{ ...zone, phase_fee: '2.00 EUR' }] }],
    ['invalid_request', { ...registry, zones: [{ ...zone, drop_time_zone: 'Mars' }] }],
    ['registry_profile_unknown', { ...registry, profile: 'unheard-of' }],
    ['registry_account_invalid', { ...registry, account: { ...registry.account, source_address: 'here' } }],
    ['registry_account_invalid', { ...registry, account: { ...registry.account, id: 'acme/second' } }],
    [
      'invalid_request',
      { ...registry, accounts: [{ ...registry.account, id: 'acme/second', clid: 'other' }] },
    ],
    [
      'real_and_simulated_mixed',
      { ...registry, id: 'sim', account: { ...registry.account, id: 'sim', simulator: true }, zones: [] },
    ],
  ])('%s, and nothing of the file is kept', async (code, content) => {
    const before = (await admin.run('registry', 'show', 'acme')).out
    const other =
      typeof content === 'string'
        ? content
        : { ...content, zones: [...content.zones, { name: 'new', fee: '1 USD' }] }
    expect(await admin.refused('registry', 'put', fileOf(other))).toMatchObject({ exit: 1, code })
    expect((await admin.run('registry', 'show', 'acme')).out).toBe(before)
    expect(await admin.refused('registry', 'show', 'sim')).toMatchObject({ code: 'registry_not_found' })
  })

  test.each([
    ['zone_not_found', ['zone', 'disable', 'nowhere', '--reason', 'x']],
    ['zone_not_found', ['price', 'set', 'nowhere', '1.00 USD', '--reason', 'x']],
    ['price_not_found', ['price', 'remove', 'acme', 'EUR', '--reason', 'x']],
    ['amount_out_of_range', ['price', 'set', 'acme', '0.00 USD', '--reason', 'x']],
    ['invalid_request', ['price', 'set', 'acme', '29', '--reason', 'x']],
    ['invalid_request', ['registry', 'put', join(folder, 'none.json')]],
  ])('%s: %j', async (code, args) => {
    expect(await admin.refused(...args)).toMatchObject({ exit: 1, code })
  })
})

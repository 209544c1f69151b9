import { createHash } from 'node:crypto'
import { authenticateApiKey } from '@droplock/core/api-keys'
import { asService } from '@droplock/core/context'
import { proveLedger } from '@droplock/core/ledger/prove'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { rolledBack } from '@droplock/core/testing/rolled-back'
import { expect, test } from 'vitest'
import { type DemoPlan, type DemoRegistry, SeedRefused, seedDemo } from '../../src/seed/seed-demo.ts'
import { polishZones } from '../../src/seed/zones.ts'

const registry: DemoRegistry = {
  id: 'exact',
  host: '127.0.0.1',
  port: 7700,
  clid: 'droplock',
  sessionsMax: 4,
  commandsPerSecondMax: 40,
  zones: ['pl', 'com.pl', 'waw.pl'],
  timing: { cutoffLeadSeconds: 60, dropLastsSeconds: 60, earlySeconds: 0, lateSeconds: 30, graceSeconds: 30 },
}
const plan: DemoPlan = { registries: [registry], allowed: true }

test('a seeded database has three resellers with money, a key each, and prices in their three currencies', () =>
  rolledBack(async (db) => {
    const resellers = await seedDemo({ db, newId }, plan)
    const accounts = await db.selectFrom('account').select(['currency', 'balance_minor']).execute()
    expect(accounts.map((account) => account.currency).toSorted()).toEqual(['CNY', 'EUR', 'USD'])
    expect(accounts.every((account) => account.balance_minor > 0n)).toBe(true)
    for (const { apiKey, currency } of resellers) {
      const keySha256 = createHash('sha256').update(apiKey).digest()
      expect(await authenticateApiKey({ db, newId }, keySha256)).toMatchObject({ currency })
      const priced = await db
        .selectFrom('price_amount')
        .select('id')
        .where('currency', '=', currency)
        .execute()
      expect(priced).toHaveLength(registry.zones.length)
    }
    expect(await proveLedger(db)).toMatchObject({ ledgerSumMinor: { CNY: 0n, EUR: 0n, USD: 0n } })
  }))

test('seeding twice moves the registry to its new port and gives no money again', () =>
  rolledBack(async (db) => {
    await seedDemo({ db, newId }, plan)
    const balances = () => db.selectFrom('account').select('balance_minor').orderBy('id').execute()
    const before = await balances()
    await seedDemo({ db, newId }, { ...plan, registries: [{ ...registry, port: 7710 }] })
    expect(await balances()).toEqual(before)
    expect(await db.selectFrom('registry_host').select('port').execute()).toEqual([{ port: 7710 }])
  }))

test('the seller has the mode of the database, and stays as it was set in the console', () =>
  rolledBack(async (db) => {
    const seller = () => db.selectFrom('seller').select(['mode', 'legal_name']).execute()
    await seedDemo({ db, newId }, plan)
    await db.updateTable('seller').set({ legal_name: 'Another Seller' }).execute()
    await seedDemo({ db, newId }, plan)
    expect(await seller()).toEqual([{ mode: 'test', legal_name: 'Another Seller' }])
    await seedDemo({ db, newId }, { ...plan, mode: 'live' })
    expect(await seller()).toEqual([{ mode: 'live', legal_name: 'Droplock Demo' }])
  }))

test('beside a real registry account nothing is seeded', () =>
  rolledBack(async (db) => {
    const hosts = [{ host: 'epp.registry.test', port: 700 }]
    const real = { id: 'real/us', clid: 'us', hosts, isSimulator: false }
    await defineRegistry(asService({ db, newId }), {
      id: 'real',
      profile: 'generic',
      zones: [],
      accounts: [real],
    })
    await expect(seedDemo({ db, newId }, plan)).rejects.toThrow(SeedRefused)
    expect(await db.selectFrom('account').select('id').execute()).toEqual([])
    expect(await db.selectFrom('registry').select('id').execute()).toEqual([{ id: 'real' }])
  }))

test('in a database that is neither embedded nor declared a demo nothing is seeded', () =>
  rolledBack(async (db) => {
    await expect(seedDemo({ db, newId }, { ...plan, allowed: false })).rejects.toThrow(SeedRefused)
    expect(await db.selectFrom('registry').select('id').execute()).toEqual([])
  }))

test('the Polish namespace is pl, its second-level zones and those of offices below gov.pl, each once', () => {
  const names = polishZones().map((zone) => zone.name)
  expect(names[0]).toBe('pl')
  expect(new Set(names).size).toBe(names.length)
  expect(names.slice(1).every((name) => /^([a-z-]+\.){1,2}pl$/.test(name))).toBe(true)
})

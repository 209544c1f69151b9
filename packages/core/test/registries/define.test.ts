import { Refusal } from '@droplock/rules/refusals'
import { registryProfiles } from '@droplock/rules/registries'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { asService } from '../../src/context.ts'
import { defineRegistry } from '../../src/registries/define.ts'
import type { RegistryAccount } from '../../src/registries/put-account.ts'
import { getRegistryAccount } from '../../src/registries/read.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { upgraded } from '../support/upgraded.ts'
import { contextOf } from '../support/world.ts'

const HOSTS = [{ host: 'epp.registry.test', port: 700 }]
const account: RegistryAccount = { id: 'r/us', clid: 'us', hosts: HOSTS, isSimulator: true }

const registry = (profile: string, changes: Partial<RegistryAccount> = {}) => ({
  id: 'r',
  profile,
  accounts: [{ ...account, ...changes }],
  zones: [],
  reason: 'another contract',
})

test('an account is read as it was defined; what its contract leaves out is as in the profile', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    const dropHosts = [
      { host: 'drop-1.test', port: 701, serverName: 'drop.test' },
      { host: 'drop-2.test', port: 701 },
    ]
    const full = {
      hosts: [...HOSTS, { host: '192.0.2.1', port: 7700 }],
      dropHosts,
      limits: { sessionsMax: 8, nameGapMs: 0, checksCountAsFailed: false, sessionLifeSecondsMax: 3_600 },
      sourceAddress: '2001:db8::1',
      clientCertificate: 'of-2026',
    }
    await defineRegistry(asService(ctx), registry('nz-like', full))
    expect(await getRegistryAccount(ctx, 'r/us')).toEqual({
      id: 'r/us',
      registryId: 'r',
      profile: 'nz-like',
      version: 1,
      clid: 'us',
      isSimulator: true,
      ours: new Map([['us', 'r/us']]),
      passwordName: null,
      ...full,
    })
    await defineRegistry(asService(ctx), registry('generic'))
    expect(await getRegistryAccount(ctx, 'r/us')).toMatchObject({
      profile: 'generic',
      limits: {},
      hosts: HOSTS,
      dropHosts: [],
      sourceAddress: null,
      clientCertificate: null,
    })
  }))

test('a registry of every known profile can be defined', () =>
  rolledBack(async (db) => {
    for (const [profile, { dropHost }] of Object.entries(registryProfiles)) {
      const changes = dropHost === 'apart' ? { dropHosts: HOSTS } : {}
      await defineRegistry(asService(contextOf(db)), registry(profile, changes))
    }
  }))

test.each<[string, string, string, Partial<RegistryAccount>]>([
  ['a profile that there is not', 'registry_profile_unknown', 'exact', {}],
  ['no host', 'registry_account_invalid', 'generic', { hosts: [] }],
  ['a port that is none', 'registry_account_invalid', 'generic', { hosts: [{ host: 'a.test', port: 0 }] }],
  ['no host of the drop where it is needed', 'registry_account_invalid', 'nz-like', {}],
  ['a host of the drop where there is none', 'registry_account_invalid', 'generic', { dropHosts: HOSTS }],
  ['no session', 'registry_account_invalid', 'generic', { limits: { sessionsMax: 0 } }],
  ['half a command', 'registry_account_invalid', 'generic', { limits: { commandsPerSecondMax: 0.5 } }],
  [
    'one session for two kinds of hosts',
    'registry_account_invalid',
    'dropzone-like',
    { dropHosts: HOSTS, limits: { sessionsMax: 1 } },
  ],
  ['an address that is none', 'registry_account_invalid', 'generic', { sourceAddress: '10.0.0.0/8' }],
])('%s is refused with a clear error, and nothing is kept', (_what, code, profile, changes) =>
  rolledBack(async (db) => {
    const refused = await defineRegistry(asService(contextOf(db)), registry(profile, changes)).catch(
      (error) => error,
    )
    expect(refused).toBeInstanceOf(Refusal)
    expect(refused).toMatchObject({ code, message: expect.stringMatching(/^\w.*\.$/) })
    expect(await db.selectFrom('registry').select('id').execute()).toEqual([])
  }),
)

test('a profile that cannot be used with an existing account is refused', () =>
  rolledBack(async (db) => {
    const ctx = contextOf(db)
    await defineRegistry(asService(ctx), registry('generic'))
    const moved = defineRegistry(asService(ctx), { ...registry('nz-like'), accounts: [] })
    await expect(moved).rejects.toMatchObject({ code: 'registry_account_invalid' })
    expect(await db.selectFrom('registry').select('profile').execute()).toEqual([{ profile: 'generic' }])
  }))

test('registries from before profiles get the strictest profile, and their accounts keep limits and host', () =>
  upgraded(
    '0021',
    `insert into registry (id, profile) values ('r', 'exact'), ('v', 'verisign-like');
     insert into registry_account (id, registry_id, clid, host, port, sessions_max, commands_per_second_max, failed_creates_per_day_max)
       values ('r/us', 'r', 'us', 'epp.registry.test', 700, 4, 40, 1000);`,
    async (db) => {
      expect(await getRegistryAccount(contextOf(db), 'r/us')).toMatchObject({
        profile: 'generic',
        hosts: HOSTS,
        limits: {
          sessionsMax: 4,
          commandsPerSecondMax: 40,
          nameGapMs: 0,
          idleSecondsMax: 600,
          failedCreatesPerDayMax: 1_000,
        },
      })
      const { rows } = await sql`select profile from registry where id = 'v'`.execute(db)
      expect(rows).toEqual([{ profile: 'verisign-like' }])
    },
  ))

import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAccount } from '@droplock/core/accounts/administer'
import { topUp } from '@droplock/core/accounts/top-up'
import { issueApiKey } from '@droplock/core/api-keys'
import { asService, type Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { scopes } from '@droplock/rules/accounts'
import { API_KEY_OCTETS, apiKeyText } from '@droplock/rules/api-key-text'
import { expect, onTestFinished, test } from 'vitest'
import { startSimulator } from '../../../apps/registry-sim/src/start-simulator.ts'
import { identityOf } from '../../src/processes/identity.ts'
import { seededZone } from '../../src/seed/zones.ts'
import { resellerAt } from './reseller.ts'
import { appsOf, pidsOf, startByNpm, stopped, timeout } from './start-by-npm.ts'

const PASSWORD = 'live-secret-1'
const ACCOUNT = 'acme/company'

/** A registry that the service takes for a real one: it is no simulator of the launcher's. */
async function startRegistry(folder: string) {
  const accounts = [{ clid: 'company', password: PASSWORD }]
  const registry = { id: 'acme', zones: ['pl'], accounts, rivals: [] }
  const simulator = await startSimulator({ registries: [registry], tlsFolder: folder })
  onTestFinished(() => simulator.stop())
  const [running] = simulator.registries
  if (running === undefined) throw new Error('no registry')
  const caFile = join(folder, 'live-ca.pem')
  writeFileSync(caFile, running.ca)
  return { port: running.port, caFile }
}

async function cloned(): Promise<Clone & { readonly ctx: Context }> {
  const clone = await cloneDatabase()
  onTestFinished(() => clone.drop())
  return { ...clone, ctx: { db: clone.db, newId } }
}

async function givenReseller(ctx: Context, mode: 'live' | 'test'): Promise<string> {
  const accountId = await openAccount(asService(ctx), { name: `A ${mode} reseller`, currency: 'USD' })
  await topUp(ctx, { accountId, amountMinor: 100_000n, receiptId: newId() })
  const key = apiKeyText(mode, randomBytes(API_KEY_OCTETS))
  const keySha256 = createHash('sha256').update(key).digest()
  await issueApiKey(asService(ctx), { accountId, label: 'test', scopes, keySha256 })
  return key
}

const timing = {
  cutoffLeadSeconds: 14_400,
  dropLastsSeconds: 3_600,
  earlySeconds: 0,
  lateSeconds: 60,
  graceSeconds: 600,
}

/** A database with a real account, at a registry that runs. */
async function givenLiveRegistry(ctx: Context): Promise<{ readonly caFile: string }> {
  const tls = mkdtempSync(join(tmpdir(), 'droplock-live-registry-'))
  onTestFinished(() => rmSync(tls, { recursive: true, force: true }))
  const { port, caFile } = await startRegistry(tls)
  await defineRegistry(asService(ctx), {
    id: 'acme',
    profile: 'generic',
    accounts: [
      {
        id: ACCOUNT,
        clid: 'company',
        hosts: [{ host: '127.0.0.1', port }],
        isSimulator: false,
        limits: { sessionsMax: 2, commandsPerSecondMax: 10 },
      },
    ],
    zones: [seededZone('pl', timing)],
  })
  return { caFile }
}

/** Which registry accounts have a catcher. */
const heldAccounts = async ({ db }: Context) => {
  const held = db.selectFrom('registry_account').select('id').where('lease_owner', 'is not', null)
  return (await held.execute()).map(({ id }) => id)
}

test('a live world and a test world run beside each other behind one gateway, and nothing of one is in the other', {
  timeout: 400_000,
}, async () => {
  const [live, other] = [await cloned(), await cloned()]
  const { caFile } = await givenLiveRegistry(live.ctx)
  const [liveKey, testKey] = [await givenReseller(live.ctx, 'live'), await givenReseller(other.ctx, 'test')]

  const { npm, state, said, sees } = startByNpm({
    DATABASE_MODE: 'live',
    DATABASE_URL: live.url,
    GATEWAY_DATABASE_URL: live.urls.gateway,
    CONSOLE_API_DATABASE_URL: live.urls.console_api,
    WORKER_DATABASE_URL: live.urls.worker,
    CATCHER_DATABASE_URL: live.urls.catcher,
    MARKETPLACE_DATABASE_URL: live.urls.marketplace,
    DROPLOCK_CARDS: '0',
    DROPLOCK_EPP_CREDENTIALS: JSON.stringify({ [ACCOUNT]: { password: PASSWORD, caFile } }),
    OTHER_DATABASE_URL: other.url,
    OTHER_GATEWAY_DATABASE_URL: other.urls.gateway,
    OTHER_WORKER_DATABASE_URL: other.urls.worker,
    OTHER_CATCHER_DATABASE_URL: other.urls.catcher,
  })
  await sees(/^droplock: everything is running/)
  const [, api = ''] = await sees(/^droplock: gateway: (http:\S+)/)
  await expect.poll(() => heldAccounts(live.ctx), { timeout }).toEqual([ACCOUNT])
  await expect.poll(() => heldAccounts(other.ctx), { timeout }).toEqual(['sandbox/droplock'])

  const [ofLive, ofTest] = [resellerAt(api, liveKey), resellerAt(api, testKey)]
  expect((await ofLive.ask('GET', 'sandbox')).body.code).toBe('sandbox_only')
  const { zone } = await ofTest.read('sandbox')
  const name = `caught-1.${zone}`
  const { body: drop } = await ofTest.ask('POST', 'sandbox/drops', { names: [name] })
  const { id } = await ofTest.order(name, 'balance')
  expect((await ofLive.ask('GET', `listings/${name}`)).status).toBe(404)
  expect((await ofLive.read('zones')).items.map((each) => each.zone)).toEqual(['pl'])
  await ofTest.reaches(`sandbox/drops/${drop.id}`, 'ended')
  expect(await ofTest.read(`backorders/${id}`)).toMatchObject({ state: 'successful' })

  // By card too: the gateway has the test world's sandbox of payments, and none for live keys.
  const held = `held.${zone}`
  await ofTest.ask('POST', 'sandbox/drops', { names: [held], time_scale: 1 })
  expect((await ofTest.order(held, 'card')).payment.pay_url).toMatch(/^http:\/\/127\.0\.0\.1:/)

  expect(await countsOf(live.ctx)).toEqual({
    zones: 1,
    simulators: 0,
    listings: 0,
    orders: 0,
    events: 0,
    drops: 0,
    runs: 0,
  })
  expectHidden(state, [PASSWORD, `${new URL(live.url).pathname}\0`])
  expect(said.filter((line) => line.includes('no sandbox'))).toEqual([])
  // An app that ended was started again, or nothing above would have been answered. What it said is shown.
  const last = said.findLastIndex((line) => line.includes('ended with'))
  if (last >= 0) process.stderr.write(`${said.slice(Math.max(0, last - 10), last + 1).join('\n')}\n`)
  const pids = pidsOf(state)
  expect(pids).toHaveLength(9)
  await stopped(npm)
  expect(pids.filter((pid) => identityOf(pid) !== undefined)).toEqual([])
})

async function countsOf({ db }: Context) {
  const count = async (table: 'zone' | 'listing' | 'backorder' | 'event' | 'sandbox_drop' | 'sync_run') =>
    (await db.selectFrom(table).selectAll().execute()).length
  const simulated = db.selectFrom('registry_account').select('id').where('is_simulator', '=', true)
  return {
    zones: await count('zone'),
    simulators: (await simulated.execute()).length,
    listings: await count('listing'),
    orders: await count('backorder'),
    events: await count('event'),
    drops: await count('sandbox_drop'),
    runs: await count('sync_run'),
  }
}

/** No app of the test world was given any of these; a value ends with a NUL. */
function expectHidden(state: string, secrets: readonly string[]): void {
  for (const app of ['test-worker', 'test-catcher', 'registry-sim', 'payments']) {
    const { pid } = appsOf(state).find((each) => each.name === app) ?? { pid: 0 }
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
    for (const secret of secrets) expect([app, environment.includes(secret)]).toEqual([app, false])
  }
}

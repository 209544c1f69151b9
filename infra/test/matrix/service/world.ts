import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { topUp } from '@droplock/core/accounts/top-up'
import { asService, type Context } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import type { Template } from '@droplock/core/testing/template'
import { accountOf, givenPerson } from '../../../../apps/marketplace/test/support/people.ts'
import { origin } from '../../../../apps/marketplace/test/support/processes.ts'
import { type HookServer, startHookServer } from '../../../../apps/worker/test/support/hook-server.ts'
import { type Environment, startEnvironment } from '../../../src/environment/environment.ts'
import { host, ourClid } from '../../../src/environment/registries.ts'
import type { AppName, AppPlan } from '../../../src/environment/specs.ts'
import { waitUntil } from '../../../src/processes/wait-until.ts'
import { addReseller } from '../../../src/seed/accounts.ts'
import { definitionOf } from '../../../src/seed/seed-demo.ts'
import { openSession } from '../../doors/world.ts'
import { type ListServer, startListServer } from './list-server.ts'
import { type Pair, type Ports, type Proxies, startProxies, throughProxies } from './proxies.ts'

/** Who orders, and how: from a balance or by card, with a key or on the pages. */
export type Buyer = {
  readonly pays: 'balance' | 'card'
  readonly accountId: string
  /** Of the reseller API, as this buyer reaches it. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

export type Buyers = { readonly reseller: Buyer; readonly cardPayer: Buyer; readonly person: Buyer }

/** The running service, with a proxy in each of its connections. */
export type World = AsyncDisposable & {
  readonly environment: Environment
  readonly ctx: Context
  readonly clone: Clone
  readonly proxies: Proxies
  readonly lists: ListServer
  readonly buyers: Buyers
  /** Of the reseller's webhooks. */
  readonly receiver: HookServer
  readonly webhookSecret: string
  /** The session of somebody of the staff. */
  readonly staffCookie: string
  /** What the processes said. */
  readonly said: () => readonly string[]
}

export type WorldOptions = {
  /** Of a database server that may be taken away; the test run's otherwise. */
  readonly template?: Template
  readonly settings?: Partial<Record<AppName, Readonly<Record<string, string>>>>
}

export const registryId = 'sim'
export const zone = 'com'
const limits = { sessionsMax: 4, commandsPerSecondMax: 40 }
/** The registry has room for a successor beside sessions that it does not know to be dead. */
const allowed = { ...limits, sessionsMax: 2 * limits.sessionsMax }

const registry = {
  id: registryId,
  ...allowed,
  zones: [zone],
  timing: {
    cutoffLeadSeconds: 60,
    dropLastsSeconds: 1,
    earlySeconds: 0,
    // A name is decided at once; the rest is for the time in which something is away.
    lateSeconds: 30,
    graceSeconds: 10,
  },
} as const

/** Away from the ports of `npm start` and of the demos. */
const FIRST_PORT = 19_300
const CONNECTED_MS_MAX = 30_000

/** Starts everything. Disposing of it leaves no process and no file. */
export async function startWorld({ template, settings = {} }: WorldOptions = {}): Promise<World> {
  await using cleanup = new AsyncDisposableStack()
  const said: string[] = []
  const output = {
    line: (app: string, text: string) => void said.push(`${app}: ${text}`),
    say: (text: string) => void said.push(text),
  }
  const clone = await cloneDatabase(template === undefined ? {} : { of: template })
  cleanup.defer(clone.drop)
  const ctx = { db: clone.db, newId }
  const [lists, receiver] = await Promise.all([startListServer(), startHookServer()])
  cleanup.defer(() => lists.close())
  cleanup.defer(() => receiver.close())
  const ports: Ports = { database: portOf(clone.url), lists: lists.port, receiver: portOf(receiver.url) }
  const proxies = await startProxies(ports, cleanup)
  const folder = mkdtempSync(join(tmpdir(), 'droplock-service-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const plan = {
    name: 'service',
    firstPort: FIRST_PORT,
    registries: [{ ...registry, release: 'exact' as const }],
    database: { url: clone.url, urls: throughProxies(proxies, clone.urls), ctx },
    apps: planOf(proxies, folder, settings),
  }
  const environment = await startEnvironment(plan, output, new AbortController().signal)
  cleanup.use(environment)
  ports.gateway = portOf(environment.urlOf('gateway'))
  ports.provider = portOf(environment.sandbox.url)
  await leadToRegistry(ctx, ports, proxies)
  const buyers = await givenBuyers(ctx, environment)
  const webhookSecret = await givenEndpoint(buyers.reseller, `${at(proxies, 'worker → receiver')}/hook`)
  const { id: staffId } = await ctx.db
    .selectFrom('staff_account')
    .select('id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const { cookie: staffCookie } = await openSession(ctx, staffId)
  const started = cleanup.move()
  return {
    environment,
    ctx,
    clone,
    proxies,
    lists,
    buyers,
    receiver,
    webhookSecret,
    staffCookie,
    said: () => said,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

const bearer = (apiKey: string) => ({ authorization: `Bearer ${apiKey}` })
const portOf = (url: string) => Number(new URL(url).port)
const at = (proxies: Proxies, pair: Pair) => `http://${host}:${proxies[pair].port}`

/** A request that is stuck is given up soon, so that a run takes minutes. */
const serverSettings = { REQUEST_MS_MAX: '5000' }

function planOf(proxies: Proxies, folder: string, settings: NonNullable<WorldOptions['settings']>): AppPlan {
  const providerAt = (pair: Pair) => ({ DROPLOCK_SANDBOX_URL: at(proxies, pair) })
  const source = {
    registryId,
    url: `${at(proxies, 'worker → list source')}/drop-list.csv`,
    scope: 'increment',
  }
  const apps: AppPlan = {
    'registry-sim': {},
    payments: {
      DROPLOCK_SANDBOX_WEBHOOK_URL: `${at(proxies, 'provider → gateway')}/webhooks/payments/test`,
    },
    gateway: { ...serverSettings, ...providerAt('gateway → provider') },
    'console-api': { ...serverSettings, CONSOLE_FOLDER: folder },
    marketplace: {
      ...serverSettings,
      MARKETPLACE_ORIGIN: origin,
      GATEWAY_URL: at(proxies, 'marketplace → gateway'),
      // Tests say where a browser is, as a proxy before the marketplace does.
      TRUSTED_PROXIES: host,
    },
    worker: {
      ...providerAt('worker → provider'),
      DROPLOCK_FEEDS: JSON.stringify([source]),
      DROPLOCK_FEED_POLL_MS_MAX: '45000',
      DROPLOCK_IDLE_MS: '1000',
      DROPLOCK_WORKER_DATABASE_ANSWER_MS: '5000',
    },
    // Marked as firing well before the drop, so that a fault then does not keep it from sending.
    catcher: { DROPLOCK_FIRE_LEAD_MS: '2000' },
  }
  return Object.fromEntries(
    Object.entries(apps).map(([app, env]) => [app, { ...env, ...settings[app as AppName] }]),
  )
}

/** The catcher takes over an account's hosts as it runs. */
async function leadToRegistry(ctx: Context, ports: Ports, proxies: Proxies): Promise<void> {
  const proxy = proxies['catcher → registry']
  const { port } = await ctx.db.selectFrom('registry_host').select('port').executeTakeFirstOrThrow()
  ports.registry = port
  const definition = definitionOf({ ...registry, ...limits, host, port: proxy.port, clid: ourClid })
  await defineRegistry(asService(ctx), definition)
  await waitUntil(
    'the sessions through the proxy',
    CONNECTED_MS_MAX,
    new AbortController().signal,
    () => proxy.counts().open === limits.sessionsMax,
  )
}

async function givenBuyers(ctx: Context, { urlOf, resellers }: Environment): Promise<Buyers> {
  const url = urlOf('gateway')
  const dollars = resellers.find(({ currency }) => currency === 'USD')
  if (dollars === undefined) throw new Error('there is no reseller who pays in dollars')
  const { id: accountId } = await ctx.db
    .selectFrom('account')
    .select('id')
    .where('name', '=', dollars.name)
    .executeTakeFirstOrThrow()
  const card = await addReseller(ctx, { name: 'Cedar Cards', currency: 'USD' })
  return {
    reseller: { pays: 'balance', accountId, url, headers: bearer(dollars.apiKey) },
    cardPayer: { pays: 'card', accountId: card.accountId, url, headers: bearer(card.apiKey) },
    person: await givenPersonWithMoney(ctx, urlOf('marketplace')),
  }
}

async function givenPersonWithMoney(ctx: Context, url: string): Promise<Buyer> {
  const person = await givenPerson(ctx, url)
  const headers = { cookie: person.cookie, origin }
  // They have an account from their first request on.
  await fetch(`${url}/api/v1/balance`, { headers })
  const accountId = await accountOf(ctx, person)
  await topUp(ctx, { accountId, amountMinor: 10_000_000n, receiptId: ctx.newId() })
  return { pays: 'balance', accountId, url: `${url}/api`, headers }
}

/** A webhook endpoint for all events of the buyer. Returns its secret. */
async function givenEndpoint({ url, headers }: Buyer, address: string): Promise<string> {
  const response = await fetch(`${url}/v1/webhook-endpoints`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': newId() },
    body: JSON.stringify({ url: address }),
  })
  if (!response.ok) throw new Error(`the endpoint was refused: ${await response.text()}`)
  return ((await response.json()) as { readonly secret: string }).secret
}

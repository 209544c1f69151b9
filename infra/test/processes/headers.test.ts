import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { topUp } from '@droplock/core/accounts/top-up'
import { asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { startOutbox } from '@droplock/mail/outbox/outbox'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { scopes } from '@droplock/rules/accounts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenAccount } from '../../../packages/core/test/support/world.ts'
import { givenKey } from '../doors/world.ts'
import { openProcesses, type Processes } from './start-app.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>
type Asked = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
type Answer = { readonly status: number; readonly headers: Headers }

/** Over a connection of its own, without what a browser or `fetch` adds. */
function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (answer) => {
      answer.resume()
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

const JSON_BODY = { 'Content-Type': 'application/json' }
const HTML = { Accept: 'text/html' }

type Server =
  | 'gateway'
  | 'console-api'
  | 'marketplace'
  | 'worker'
  | 'catcher'
  | 'registry-sim'
  | 'payments'
  | 'mail'
type Urls = Record<Server | `${'gateway' | 'console-api' | 'marketplace'} metrics`, string>

const urls = {} as Urls
let processes: Processes
let apiKey: string
const cleanup = new AsyncDisposableStack()

beforeAll(async () => {
  processes = cleanup.use(await openProcesses())
  const { start, envOf, folder, clone } = processes
  const ctx = { db: clone.db, newId }
  const { actor } = await givenAccount(ctx)
  await topUp(ctx, { accountId: actor.accountId, amountMinor: 100_000n, receiptId: newId() })
  apiKey = await givenKey(asService(ctx), actor.accountId, scopes)
  for (const part of ['console', 'client']) {
    mkdirSync(join(folder, part, 'assets'), { recursive: true })
    writeFileSync(join(folder, part, 'assets', 'app-1.js'), 'export {}')
  }
  writeFileSync(join(folder, 'console', 'index.html'), '<!doctype html><title>Console</title>')
  const metrics = { DROPLOCK_METRICS_PORT: '0' }
  const both = ['listening', 'metrics are served']
  const started = async (
    server: Server,
    url: string,
    env: Readonly<Record<string, string>>,
    said: readonly string[],
  ) => {
    const urlOf = await start(server, env, said)
    urls[server] = urlOf(url)
    if (server === 'gateway' || server === 'console-api' || server === 'marketplace')
      urls[`${server} metrics`] = urlOf('metrics are served')
  }
  const gateway = {
    ...envOf('gateway'),
    ...metrics,
    GATEWAY_ORIGIN: 'https://api.droplock.test',
    KEYLESS_BURST_MAX: '40',
  }
  await started('gateway', 'listening', gateway, both)
  const consoleApi = {
    ...envOf('console_api'),
    ...metrics,
    PUBLIC_ORIGIN: 'https://console.droplock.test',
    CONSOLE_FOLDER: join(folder, 'console'),
  }
  const marketplace = {
    ...envOf('marketplace'),
    ...metrics,
    MARKETPLACE_ORIGIN: 'https://droplock.test',
    MARKETPLACE_FOLDER: folder,
    GATEWAY_URL: urls.gateway,
    DROPLOCK_MARKETPLACE_SECRET: 'a secret of more than thirty-two characters',
    DATABASE_MODE: 'test',
  }
  await Promise.all([
    started('console-api', 'listening', consoleApi, both),
    started('marketplace', 'listening', marketplace, both),
    started('worker', 'health is served', envOf('worker'), ['health is served']),
    started('catcher', 'health is served', envOf('catcher'), ['health is served']),
    started('registry-sim', 'registry simulator ready', envOf('registry_sim'), ['registry simulator ready']),
  ])
  const outbox = await startOutbox({ smtpPort: 0, pagePort: 0 })
  cleanup.defer(() => outbox.stop())
  const sandbox = await startSandboxProvider({
    port: 0,
    apiKey: 'a key',
    webhookSecret: 'a secret',
    webhookUrl: 'http://127.0.0.1:1/',
    folder: join(folder, 'sandbox'),
    laterMs: 86_400_000,
  })
  cleanup.defer(() => sandbox.stop())
  urls.mail = outbox.pageUrl
  urls.payments = sandbox.url
})
afterAll(() => cleanup.disposeAsync())

/** `page`: it loads what it says, also an answer beside it. `public`: everybody gets the same, and it may be kept. All others load nothing and are kept nowhere. */
type Kind = 'page' | 'public page' | 'public file' | 'answer'

const withKey = () => ({ Authorization: `Bearer ${apiKey}` })

/** An answer of every kind by every process that listens: server, path, status, kind, and how it is asked for. */
const answers: readonly (readonly [keyof Urls, string, number, Kind, (() => Asked)?])[] = [
  ['gateway', '/docs', 200, 'public page'],
  ['gateway', '/docs/webhooks', 200, 'public page'],
  ['gateway', '/docs/reference', 200, 'page'],
  ['gateway', '/docs/docs.css', 200, 'public file'],
  ['gateway', '/openapi.json', 200, 'public file'],
  ['gateway', '/errors', 200, 'page', () => ({ headers: HTML })],
  ['gateway', '/errors/name_taken', 200, 'page', () => ({ headers: HTML })],
  ['gateway', '/errors/name_taken', 200, 'page'],
  ['gateway', '/healthz', 200, 'answer'],
  ['gateway', '/readyz', 200, 'answer'],
  ['gateway', '/nothing', 404, 'answer'],
  ['gateway', '/docs/nothing', 404, 'page'],
  ['gateway', '/v1/balance', 401, 'answer'],
  ['gateway', '/v1/balance', 200, 'answer', () => ({ headers: withKey() })],
  ['gateway', '/v1/balance', 405, 'answer', () => ({ method: 'DELETE', headers: withKey() })],
  [
    'gateway',
    '/v1/backorders',
    400,
    'answer',
    () => ({ method: 'POST', headers: { ...withKey(), ...JSON_BODY }, body: '{' }),
  ],
  [
    'gateway',
    '/v1/backorders',
    415,
    'answer',
    () => ({ method: 'POST', headers: { ...withKey(), 'Content-Type': 'text/plain' }, body: '{}' }),
  ],
  [
    'gateway',
    '/webhooks/payments/test',
    404,
    'answer',
    () => ({ method: 'POST', headers: JSON_BODY, body: '{}' }),
  ],
  ['gateway metrics', '/metrics', 200, 'answer'],
  ['gateway metrics', '/nothing', 404, 'answer'],
  ['console-api', '/', 200, 'public page', () => ({ headers: HTML })],
  ['console-api', '/refunds/1', 200, 'public page', () => ({ headers: HTML })],
  ['console-api', '/assets/app-1.js', 200, 'public file'],
  ['console-api', '/console-openapi.json', 200, 'answer'],
  ['console-api', '/api/session', 401, 'answer'],
  [
    'console-api',
    '/api/session',
    401,
    'answer',
    () => ({ method: 'POST', headers: JSON_BODY, body: '{"email":"a@b.test","password":"wrong"}' }),
  ],
  ['console-api', '/api/nothing', 404, 'page'],
  ['console-api', '/nothing.js', 404, 'page'],
  ['console-api', '/errors', 200, 'answer', () => ({ headers: HTML })],
  ['console-api', '/api/session/provider/callback?state=1', 303, 'answer'],
  ['console-api', '/healthz', 200, 'answer'],
  ['console-api metrics', '/metrics', 200, 'answer'],
  ['marketplace', '/', 302, 'answer'],
  ['marketplace', '/en/names', 503, 'public page', () => ({ headers: HTML })],
  ['marketplace', '/assets/app-1.js', 200, 'public file'],
  ['marketplace', '/robots.txt', 200, 'answer'],
  ['marketplace', '/nothing', 404, 'answer'],
  ['marketplace', '/auth/nothing', 404, 'answer'],
  ['marketplace', '/people/all', 401, 'answer'],
  ['marketplace', '/api/v1/balance', 401, 'answer'],
  ['marketplace', '/people/all', 403, 'answer', () => ({ method: 'POST', headers: JSON_BODY, body: '{}' })],
  ['marketplace', '/mails/off?key=1', 302, 'answer'],
  ['marketplace', '/healthz', 200, 'answer'],
  ['marketplace metrics', '/metrics', 200, 'answer'],
  ['worker', '/healthz', 200, 'answer'],
  ['worker', '/metrics', 200, 'answer'],
  ['worker', '/nothing', 404, 'answer'],
  ['catcher', '/readyz', 503, 'answer'],
  ['catcher', '/metrics', 200, 'answer'],
  ['registry-sim', '/', 200, 'page'],
  ['registry-sim', '/registries', 200, 'answer'],
  ['registry-sim', '/registries/none', 404, 'answer'],
  ['payments', '/healthz', 200, 'answer'],
  ['payments', '/pay/none?client_secret=1', 404, 'answer'],
  ['payments', '/v1/movements', 401, 'answer'],
  ['mail', '/', 200, 'page'],
  ['mail', '/mails.json', 200, 'answer'],
  ['mail', '/nothing', 404, 'answer'],
]

/** What contradicts the rule for an answer of this kind, in words. */
function faultsOf(kind: Kind, isHttps: boolean, headers: Headers): readonly string[] {
  const value = (name: string) => String(headers[name] ?? '')
  const policy = new Map(
    value('content-security-policy')
      .split('; ')
      .map((text) => {
        const [directive = '', ...sources] = text.split(' ')
        return [directive, sources.join(' ')] as const
      }),
  )
  const expected: Readonly<Record<string, boolean>> = {
    'loads nothing by default': policy.get('default-src') === "'none'",
    'is in no frame': policy.get('frame-ancestors') === "'none'",
    'has no other base': policy.get('base-uri') === "'none'",
    'runs no script but its own': /^('self')?$/.test(policy.get('script-src') ?? ''),
    'loads nothing from elsewhere': !/https?:|\*/.test(value('content-security-policy')),
    'loads nothing unless it is a page':
      kind.endsWith('page') || !/'self'/.test(value('content-security-policy')) || kind === 'public file',
    'is not sniffed': value('x-content-type-options') === 'nosniff',
    'tells other sites no address': /^(no-referrer|same-origin)$/.test(value('referrer-policy')),
    'is opened apart': value('cross-origin-opener-policy') === 'same-origin',
    'is used by no other site': value('cross-origin-resource-policy') === 'same-origin',
    'is kept only where everybody gets the same': kind.startsWith('public')
      ? /^(no-cache|public, max-age=\d+(, immutable)?)$/.test(value('cache-control'))
      : /no-store/.test(value('cache-control')),
    'says https where it is reached by https': isHttps
      ? /^max-age=31536000$/.test(value('strict-transport-security'))
      : headers['strict-transport-security'] === undefined,
    'does not name its software': headers['server'] === undefined && headers['x-powered-by'] === undefined,
  }
  return Object.entries(expected).flatMap(([rule, holds]) => (holds ? [] : [rule]))
}

const httpsServers: ReadonlySet<string> = new Set(['gateway', 'console-api', 'marketplace'])

describe('the headers of an answer keep a browser from what it does not need', () => {
  for (const [server, path, status, kind, asked] of answers)
    test(`${server} ${path}: ${status}`, async () => {
      const answer = await ask(`${urls[server]}${path}`, asked?.())
      expect(answer.status).toBe(status)
      expect(faultsOf(kind, httpsServers.has(server), answer.headers)).toEqual([])
    })

  test('an address that asks too much is told so with the same headers', async () => {
    // At once: a slow machine answers one after another no faster than the budget grows.
    const tooMany = async (): Promise<Answer> => {
      const all = await Promise.all(Array.from({ length: 50 }, () => ask(`${urls.gateway}/v1/balance`)))
      return all.find(({ status }) => status === 429) ?? tooMany()
    }
    expect(faultsOf('answer', true, (await tooMany()).headers)).toEqual([])
  })

  test('what is no HTTP is answered by a status alone, and the connection ends', async () => {
    const { status, headers } = await ask(`${urls.gateway}/`, { headers: { 'X-Long': 'x'.repeat(20_000) } })
    expect(status).toBe(431)
    expect(Object.keys(headers)).toEqual(['connection'])
  })

  test('each rule is one that an answer can break', () => {
    expect(
      faultsOf('answer', true, {
        server: 'a/1',
        'content-security-policy': "default-src 'self' *; script-src 'unsafe-inline'",
      }),
    ).toHaveLength(13)
  })
})

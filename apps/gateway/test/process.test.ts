import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { listApiKeys, revokeApiKey } from '@droplock/core/api-keys'
import { setSeller } from '@droplock/core/billing/seller'
import { asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { defineRegistry } from '@droplock/core/registries/define'
import { type Clone, cloneDatabase } from '@droplock/core/testing/clone-database'
import { onServer } from '@droplock/core/testing/server'
import { scopes } from '@droplock/rules/accounts'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { givenCustomer, givenKey } from './support/world.ts'

const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Starts the gateway as it is run. It is killed at the end of the test if it is still there. */
function start(environment: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [mainFile], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    if (child.exitCode === null) child.kill('SIGKILL')
  })
  return child
}

/** The first log line that has `field`. */
async function logLine(child: ChildProcess, matches: (line: string) => boolean): Promise<string> {
  if (child.stdout === null) throw new Error('the child has no standard output')
  for await (const line of createInterface({ input: child.stdout })) if (matches(line)) return line
  throw new Error('the gateway ended without that line')
}

/** Of this database alone: others are tested on the same server. */
const waiting = `select from pg_locks where not granted
  and database = (select oid from pg_database where datname = current_database())`

test('on SIGTERM a request that runs is answered, then the process ends with 0', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const { key } = await givenCustomer({ db: clone.db, newId })
  const child = start({ DATABASE_URL: clone.urls.gateway, PORT: '0' })
  const listening = await logLine(child, (line) => line.includes('"listening"'))
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(listening))
  const exited = once(child, 'exit')

  const answer = await onServer(clone.url, async (blocker) => {
    await blocker.query('begin')
    await blocker.query('lock table api_key in access exclusive mode')
    const asked = fetch(`${url}/v1/balance`, { headers: { Authorization: `Bearer ${key}` } })
    await expect.poll(async () => (await blocker.query(waiting)).rowCount).toBe(1)
    child.kill('SIGTERM')
    await logLine(child, (line) => line.includes('"draining"'))
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    await blocker.query('rollback')
    return asked
  })
  expect(answer.status).toBe(200)
  expect(await exited).toEqual([0, null])
})

test('before it stops accepting it says 503 at /readyz for a while, and each answer is the last on its connection', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const delay = { DRAIN_DELAY_MS: '60000' }
  const child = start({ DATABASE_URL: clone.urls.gateway, PORT: '0', ...delay })
  const listening = await logLine(child, (line) => line.includes('"listening"'))
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(listening))
  const exited = once(child, 'exit')
  const look = async (path: string) => {
    const answer = await fetch(`${url}${path}`)
    await answer.arrayBuffer()
    return [answer.status, answer.headers.get('Connection')]
  }
  expect(await look('/readyz')).toEqual([200, 'keep-alive'])
  child.kill('SIGTERM')
  await expect.poll(() => look('/readyz')).toEqual([503, 'close'])
  expect(await look('/v1/balance')).toEqual([401, 'close'])
  // Whoever does not want to wait says so again.
  child.kill('SIGTERM')
  expect(await exited).toEqual([0, null])
})

test('a key that is revoked is refused by two gateways on one database', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const ctx = { db: clone.db, newId }
  const { key } = await givenCustomer(ctx)
  const urls = await Promise.all(
    [1, 2].map(async () => {
      const child = start({ DATABASE_URL: clone.urls.gateway, PORT: '0' })
      const listening = await logLine(child, (line) => line.includes('"listening"'))
      return z.object({ url: z.string() }).parse(JSON.parse(listening)).url
    }),
  )
  const headers = { Authorization: `Bearer ${key}` }
  const ask = () =>
    Promise.all(urls.map(async (url) => (await fetch(`${url}/v1/balance`, { headers })).status))
  expect(await ask()).toEqual([200, 200])
  const { items } = await listApiKeys(asService(ctx), { offset: 0, limit: 1 })
  await revokeApiKey(asService(ctx), { keyId: items[0]?.id ?? '', reason: 'leaked' })
  await expect.poll(ask).toEqual([401, 401])
})

test.each([
  ['without a trusted proxy the source is the connection, whatever the headers say', {}, '127.0.0.1'],
  ['behind a proxy of ours, whom it asks for', { TRUSTED_PROXIES: '127.0.0.0/8' }, '198.51.100.7'],
])('%s', async (_, environment, source) => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const child = start({ DATABASE_URL: clone.url, PORT: '0', ...environment })
  const listening = await logLine(child, (line) => line.includes('"listening"'))
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(listening))
  const logged = logLine(child, (line) => line.includes('"http_request"'))
  const headers = {
    'X-Forwarded-For': '203.0.113.1, 198.51.100.7',
    Forwarded: 'for=203.0.113.2',
    'X-Real-IP': '203.0.113.3',
  }
  await fetch(`${url}/v1/balance`, { headers })
  expect(JSON.parse(await logged)).toMatchObject({ source })
})

test('a setting that is wrong is one line on standard error, and exit code 1', async () => {
  const child = start({})
  const chunks: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  expect(await once(child, 'close')).toEqual([1, null])
  expect(Buffer.concat(chunks).toString()).toMatch(/^gateway: DATABASE_URL: [^\n]+\n$/)
})

/** A database with a real registry account in it. */
async function givenRealRegistry(): Promise<Clone> {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const hosts = [{ host: 'epp.registry.test', port: 700 }]
  const accounts = [{ id: 'real/us', clid: 'us', hosts, isSimulator: false }]
  await defineRegistry(asService({ db: clone.db, newId }), {
    id: 'real',
    profile: 'generic',
    accounts,
    zones: [],
  })
  return clone
}

test('beside a real registry account play money is not taken: one line on standard error, and exit code 1', async () => {
  const clone = await givenRealRegistry()
  const child = start({ DATABASE_URL: clone.urls.gateway, PORT: '0' })
  const chunks: Buffer[] = []
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  expect(await once(child, 'close')).toEqual([1, null])
  expect(Buffer.concat(chunks).toString()).toMatch(
    /^gateway: payments: a real registry account in a test database; [^\n]+\n$/,
  )
})

test('without payment keys a live service starts when it says that it takes no cards, and refuses them by their code', async () => {
  const clone = await givenRealRegistry()
  const ctx = { db: clone.db, newId }
  const key = await givenKey(ctx, (await givenCustomer(ctx)).accountId, scopes, 'live')
  const live = { DATABASE_URL: clone.urls.gateway, DATABASE_MODE: 'live', PORT: '0' }
  expect(await once(start(live), 'close')).toEqual([1, null])
  const child = start({ ...live, DROPLOCK_CARDS: '0' })
  const listening = await logLine(child, (line) => line.includes('"listening"'))
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(listening))
  const answer = await fetch(`${url}/v1/top-ups`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': newId(),
    },
    body: JSON.stringify({ amount_minor: 5_000 }),
  })
  expect(await answer.json()).toMatchObject({ status: 409, code: 'card_unavailable' })
})

test.each(['DATABASE_URL', 'OTHER_DATABASE_URL'])(
  'where the seller is of another mode than the database of %s, one line on standard error, and exit code 1',
  async (variable) => {
    const clone = await cloneDatabase()
    const fine = await cloneDatabase()
    onTestFinished(async () => void (await Promise.all([clone.drop(), fine.drop()])))
    const isOther = variable === 'OTHER_DATABASE_URL'
    const mode = isOther ? 'test' : 'live'
    const terms = {
      legalName: 'Us',
      address: 'Here',
      country: 'IE',
      taxId: null,
      taxBasisPoints: 0,
      taxNote: null,
    }
    await setSeller({ db: clone.db, newId }, { mode, ...terms })
    const child = start({
      PORT: '0',
      DATABASE_URL: fine.urls.gateway,
      [variable]: clone.urls.gateway,
    })
    const chunks: Buffer[] = []
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
    expect(await once(child, 'close')).toEqual([1, null])
    expect(Buffer.concat(chunks).toString()).toBe(
      `gateway: invoices: DATABASE_MODE makes this database ${isOther ? 'live' : 'test'}, and its seller is set for ${mode}; correct the one that is wrong\n`,
    )
  },
)

test('a seller of the other mode is noticed by a gateway that runs: nothing is served until that is corrected', async () => {
  const clone = await cloneDatabase()
  onTestFinished(clone.drop)
  const ctx = { db: clone.db, newId }
  const { key } = await givenCustomer(ctx)
  const child = start({ DATABASE_URL: clone.urls.gateway, PORT: '0' })
  const listening = await logLine(child, (line) => line.includes('"listening"'))
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(listening))
  const headers = { Authorization: `Bearer ${key}` }
  const ask = async () =>
    Promise.all(
      ['/v1/balance', '/readyz'].map(async (path) => (await fetch(`${url}${path}`, { headers })).status),
    )
  const terms = {
    legalName: 'Us',
    address: 'Here',
    country: 'IE',
    taxId: null,
    taxBasisPoints: 0,
    taxNote: null,
  }
  expect(await ask()).toEqual([200, 200])
  await setSeller(ctx, { mode: 'live', ...terms })
  await expect.poll(ask, { timeout: 10_000 }).toEqual([503, 503])
  await setSeller(ctx, { mode: 'test', ...terms })
  await expect.poll(ask, { timeout: 10_000 }).toEqual([200, 200])
})

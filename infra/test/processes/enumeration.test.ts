import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { topUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { asService } from '@droplock/core/context'
import { newId } from '@droplock/core/new-id'
import { addStaff } from '@droplock/core/staff/administer'
import { hashPassword } from '@droplock/passwords/passwords'
import { scopes } from '@droplock/rules/accounts'
import { freeFailures } from '@droplock/rules/staff'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenAccount, givenListings, givenRegistry } from '../../../packages/core/test/support/world.ts'
import { givenKey } from '../doors/world.ts'
import { openProcesses } from './start-app.ts'

// Who tries many: how many guesses are let in by the processes as they are run, with their usual settings, and what the answers tell.

const cleanup = new AsyncDisposableStack()
const urls = { gateway: '', consoleApi: '', marketplace: '' }
const known = { key: '', orderId: '', staff: 'ada@company.example' }

beforeAll(async () => {
  const processes = cleanup.use(await openProcesses())
  const { start, envOf, folder, clone } = processes
  const ctx = { db: clone.db, newId }
  await givenRegistry(ctx)
  const holder = await givenAccount(ctx)
  await givenListings(ctx, { names: ['wanted.test'] })
  await topUp(ctx, { accountId: holder.actor.accountId, amountMinor: 100_000n, receiptId: newId() })
  known.orderId = (await placeBackorder(holder, { name: 'wanted.test', payment: 'balance' })).id
  const other = await givenAccount(ctx)
  known.key = await givenKey(asService(ctx), other.actor.accountId, scopes)
  const passwordHash = await hashPassword('a long enough password')
  await addStaff(asService(ctx), { email: known.staff, name: 'Ada', roles: ['admin'], passwordHash })
  mkdirSync(join(folder, 'client'))
  const listening = ['listening']
  urls.gateway = (await start('gateway', envOf('gateway'), listening))('listening')
  const pages = {
    ...envOf('marketplace'),
    DATABASE_MODE: 'test',
    MARKETPLACE_ORIGIN: 'http://droplock.test',
    MARKETPLACE_FOLDER: folder,
    GATEWAY_URL: urls.gateway,
    DROPLOCK_MARKETPLACE_SECRET: 'a secret of more than thirty-two characters',
    // The test says where a visitor is, as a proxy before the marketplace does.
    TRUSTED_PROXIES: '127.0.0.1',
  }
  const consoleEnv = { ...envOf('console_api'), TRUSTED_PROXIES: '127.0.0.1' }
  urls.marketplace = (await start('marketplace', pages, listening))('listening')
  urls.consoleApi = (await start('console-api', consoleEnv, listening))('listening')
})
afterAll(() => cleanup.disposeAsync())

/**
 * Sends this many, `atOnce` at a time: what a slow machine answers one after the other may be less than a limit lets in. Returns how often each
 * status came, and how long all took.
 */
async function sendMany(count: number, send: (n: number) => Promise<Response>, atOnce = 1) {
  const from = performance.now()
  const statuses: Record<number, number> = {}
  const turns = Array.from({ length: count }, (_, n) => n).values()
  const sendInTurn = async () => {
    for (const n of turns) {
      const answer = await send(n)
      await answer.arrayBuffer()
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: atOnce }, sendInTurn))
  return { statuses, seconds: (performance.now() - from) / 1_000 }
}

const withKey = (key: string) => ({ Authorization: `Bearer ${key}` })

const read = (key: string) => fetch(`${urls.gateway}/v1/balance`, { headers: withKey(key) })

const from = (source: string, path: string) =>
  fetch(`${urls.marketplace}${path}`, { headers: { 'X-Forwarded-For': source }, redirect: 'manual' })

const signIn = (email: string, source: string) =>
  fetch(`${urls.consoleApi}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': source },
    body: JSON.stringify({ email, password: 'not the password' }),
  })

const said = async (email: string, source: string) => {
  const answer = await signIn(email, source)
  const { request_id: _, ...problem } = (await answer.json()) as Record<string, unknown>
  return [answer.status, problem]
}

test('of API keys an address guesses a hundred, then twenty a second, and a key that works is served from there', async () => {
  expect((await read(known.key)).status).toBe(200)
  const guess = () => read(`dlk_test_${randomBytes(32).toString('base64url')}`)
  const atOnce = 20
  const { statuses, seconds } = await sendMany(1_000, guess, atOnce)
  expect(Object.keys(statuses)).toEqual(['401', '429'])
  // Those that are looked up at the same moment are owed, and paid back before the next.
  expect(statuses[401]).toBeLessThanOrEqual(100 + 20 * seconds + atOnce)
  expect((await read(known.key)).status).toBe(200)
})

test('the id of another account’s order is answered as one that nobody has', async () => {
  const answerTo = async (id: string) => {
    const answer = await fetch(`${urls.gateway}/v1/backorders/${id}`, { headers: withKey(known.key) })
    const { request_id: _, ...problem } = (await answer.json()) as Record<string, unknown>
    return JSON.stringify([answer.status, problem]).replaceAll(id, 'ID')
  }
  const [real, ...invented] = await Promise.all([known.orderId, randomUUID(), newId(), newId()].map(answerTo))
  expect(real).toContain('404')
  expect(new Set(invented)).toEqual(new Set([real]))
})

test('a key reads six thousand pages of names a minute, however many connections and ways it asks in', async () => {
  const answer = await fetch(`${urls.gateway}/v1/listings?limit=1`, { headers: withKey(known.key) })
  expect(answer.headers.get('RateLimit-Policy')).toContain('6000')
})

test('a visitor’s address reads three hundred answers, then thirty a second; the file of all names counts as fifty; others go on', async () => {
  const scrape = (n: number) => from('192.0.2.1', `/api/v1/listings?limit=${1 + (n % 200)}`)
  const { statuses, seconds } = await sendMany(1_200, scrape, 20)
  expect(Object.keys(statuses)).toEqual(['200', '429'])
  expect(statuses[200]).toBeLessThanOrEqual(300 + 30 * seconds + 1)
  expect((await from('192.0.2.1', '/names.csv')).status).toBe(429)
  // What the file would have cost was not there.
  const fromMs = performance.now()
  const pages = await Promise.all(Array.from({ length: 200 }, () => from('192.0.2.1', '/en/names')))
  const letIn = pages.filter(({ status }) => status !== 429)
  expect(letIn.length).toBeLessThan(50 + (30 * (performance.now() - fromMs)) / 1_000)
  expect(letIn.length).toBeLessThan(pages.length)
  expect((await from('192.0.2.2', '/api/v1/listings')).status).toBe(200)
  const files = await sendMany(12, () => from('192.0.2.3', '/names.csv'))
  expect(files.statuses[200]).toBeLessThanOrEqual((300 + 30 * files.seconds) / 50)
  expect(files.statuses[429]).toBeGreaterThan(0)
})

test('a source fails to sign in as an operator twenty times, then has to wait, and learns of no address whether it is known', async () => {
  expect(await said(known.staff, '198.51.100.1')).toEqual(
    await said('nobody@company.example', '198.51.100.2'),
  )
  const { statuses } = await sendMany(freeFailures.source + 5, (n) =>
    signIn(`${n}@company.example`, '198.51.100.3'),
  )
  expect(statuses).toEqual({ 401: freeFailures.source, 429: 5 })
})

test('tokens of links are guessed as often as a source may ask at all, and each guess is answered alike', async () => {
  const origin = 'http://droplock.test'
  const guess = () =>
    fetch(`${urls.marketplace}/auth/reset-password`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '198.51.100.9', origin },
      body: JSON.stringify({ token: randomBytes(24).toString('base64url'), newPassword: 'k7 vq2 mzp4xw' }),
    })
  const { statuses } = await sendMany(100, guess)
  expect(Object.keys(statuses)).toHaveLength(2)
  expect(statuses[429]).toBe(40)
})

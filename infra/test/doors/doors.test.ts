import { newId } from '@droplock/core/new-id'
import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { reportTrust } from '@droplock/core/testing/trust-part'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { knockAtDoors, type Report } from './knock.ts'
import { fillWorld } from './world.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

const requests = Number(process.env['DROPLOCK_DOOR_REQUESTS'] ?? '20000')
const seed = Number(process.env['DROPLOCK_DOOR_SEED'] ?? '20261127')
/** Of a long run: in a short one beside other tests a late loop shows a busy machine. */
const isLong = requests >= 100_000

/** What the servers may hold longer than at the start, after a full collection. Bytes. */
const growthBytesMax = 50_000_000

let report: Report
let drop: (() => Promise<void>) | undefined

beforeAll(async () => {
  const clone = await cloneDatabase()
  drop = clone.drop
  const ctx = { db: clone.db, newId }
  const people = await fillWorld(ctx)
  const secrets = { apiKey: 'a key of the sandbox', webhookSecret: 'a secret of the sandbox' }
  const provider = await startSandboxProvider({ port: 0, laterMs: 'by_hand', ...secrets })
  const sandbox = {
    DROPLOCK_SANDBOX_URL: provider.url,
    DROPLOCK_SANDBOX_API_KEY: secrets.apiKey,
    DROPLOCK_SANDBOX_WEBHOOK_SECRET: secrets.webhookSecret,
  }
  try {
    report = await knockAtDoors({ ctx, urls: clone.urls, people, sandbox, requests, seed })
  } finally {
    await provider.stop()
  }
  console.log(report.text)
  reportTrust({ trust: 'doors', cells: report.cells, seed })
}, 3_600_000)

afterAll(() => drop?.())

test('no generated request, however meant, is answered with a 5xx or with anything that is not documented', () => {
  expect(report.wrong).toEqual([])
  expect(report.asked).toBeGreaterThanOrEqual(requests)
})

test('valid requests are mostly taken, so that the answers say something', () => {
  expect(report.taken / report.askedValid).toBeGreaterThan(0.3)
})

test('after a full collection neither server holds much more than at the start', () => {
  for (const { app, start, end } of report.figures) {
    expect([app, end.heapBytes - start.heapBytes < growthBytesMax]).toEqual([app, true])
  }
})

test.runIf(isLong)('hostile requests keep the event loop waiting at most twice as long as valid ones', () => {
  for (const { app, warm, end } of report.figures) {
    expect([app, end.delayP99Ms <= 2 * warm.delayP99Ms]).toEqual([app, true])
  }
})

import { cloneDatabase } from '@droplock/core/testing/clone-database'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { money } from '@droplock/rules/money'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig, writeFinding } from '../../src/reconcile/run-reconcile.ts'
import { reconcileBooks } from './reconcile-books.ts'

/** Exported for its module, which declares what the test run provides. */
export type { Template } from '@droplock/core/testing/template'

const keys = { apiKey: 'sandbox-key-Abcdefghij', webhookSecret: 'sandbox-webhook-Abcdefghij' }
const card = '4242424242424242'

let clone: Awaited<ReturnType<typeof cloneDatabase>>
let sandbox: Awaited<ReturnType<typeof startSandboxProvider>>
beforeEach(async () => {
  clone = await cloneDatabase()
  sandbox = await startSandboxProvider({ port: 0, ...keys, laterMs: 'by_hand' })
})
afterEach(async () => {
  await sandbox.stop()
  await clone.drop()
})

async function run(overrides: Record<string, string> = {}) {
  const { code, out, err } = await reconcileBooks(clone.url, { url: sandbox.url, ...keys }, overrides)
  return { code, lines: out.trimEnd().split('\n'), errors: err }
}

async function givenStrangeMoney(): Promise<string> {
  const provider = createSandboxProvider({ url: sandbox.url, ...keys })
  const order = { amount: money(700n, 'EUR'), customerReference: 'nobody', metadata: {} }
  const intent = await provider.createIntent({ ...order, paymentId: 'not-ours' })
  if (intent.kind !== 'done') throw new Error(intent.kind)
  const { providerId, clientSecret = '' } = intent.value
  await createSandboxControl(sandbox.url, keys.apiKey).pay({ providerId, clientSecret }, card)
  return providerId
}

test('books that agree end with exit code 0 and one JSON object', async () => {
  const { code, lines } = await run()
  expect(code).toBe(0)
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ movements: 0, unmatched: 0, unread: [] })
})

test('what does not agree is a line with its ids and amounts, and exit code 1', async () => {
  const providerId = await givenStrangeMoney()
  const { code, lines } = await run()
  expect(code).toBe(1)
  expect(lines[0]).toContain('sandbox: unknown_here')
  expect(lines[0]).toContain(providerId)
  expect(lines[0]).toContain('7.00 EUR')
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ movements: 1, findings: 1, unmatched: 1 })
})

test('what can’t be read is exit code 1 too, and no secret is shown', async () => {
  const reports = JSON.stringify([{ registryAccountId: 'one', path: '/nowhere/report.csv' }])
  const { code, lines, errors } = await run({
    DROPLOCK_SANDBOX_API_KEY: 'another-key',
    DROPLOCK_ACCOUNT_REPORTS: reports,
  })
  expect(code).toBe(1)
  expect(lines).toEqual([
    'not read: sandbox: rejected, unauthenticated',
    expect.stringContaining('not read: one: Error: ENOENT'),
    expect.stringContaining('"unread":['),
  ])
  expect(errors + lines.join('')).not.toContain('another-key')
})

test('without DATABASE_URL it is the environment of the running launcher, and without either a clear line', () => {
  const running = { DATABASE_URL: 'postgres://one@127.0.0.1:1/one', DROPLOCK_RECONCILE_SETTLING_MS: '7' }
  expect(readConfig({}, running)).toMatchObject({
    DATABASE_URL: running.DATABASE_URL,
    DROPLOCK_RECONCILE_SETTLING_MS: 7,
  })
  expect(readConfig({ DROPLOCK_RECONCILE_SETTLING_MS: '9' }, running)).toMatchObject({
    DROPLOCK_RECONCILE_SETTLING_MS: 9,
  })
  const other = { DATABASE_URL: 'postgres://two@127.0.0.1:1/two' }
  expect(readConfig(other, running)).toMatchObject({ ...other, DROPLOCK_RECONCILE_SETTLING_MS: 3_600_000 })
  expect(() => readConfig({}, undefined)).toThrow('npm start')
})

test('a finding is one line with both sides', () => {
  const finding = {
    side: 'provider',
    source: 'stripe',
    kind: 'altered',
    subject: 'txn_1',
    ours: { type: 'payment', id: 'p-1' },
    oursAmount: money(1_900n, 'USD'),
    theirIds: ['txn_1', 'pi_1'],
    theirsAmount: money(1_901n, 'USD'),
    detail: 'a test',
  } as const
  expect(writeFinding(finding)).toBe(
    'stripe: altered: a test · ours: payment p-1, 19.00 USD · theirs: txn_1 pi_1, 19.01 USD',
  )
})

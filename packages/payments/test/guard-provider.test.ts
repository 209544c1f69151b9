import { money } from '@droplock/rules/money'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openGuardedProvider } from '../src/guard-provider.ts'
import { ProviderRefused } from '../src/open-provider.ts'
import { type SandboxServer, startSandboxProvider } from '../src/sandbox/start-sandbox-provider.ts'

const keys = { apiKey: 'guarded-Abcdefghij', webhookSecret: 'guarded-hook-Abcdefghij' }
let server: SandboxServer
let accounts: { real: number; simulated: number }

beforeEach(async () => {
  accounts = { real: 0, simulated: 1 }
  server = await startSandboxProvider({ ...keys, port: 0 })
})
afterEach(() => server.stop())

function open() {
  const stripe = { secretKey: undefined, webhookSecret: undefined }
  const sandbox = { ...keys, url: server.url }
  const settings = { database: 'test', embedded: false, demo: false, cards: true, stripe, sandbox } as const
  return openGuardedProvider(settings, async () => accounts)
}

test('once a real registry account is added, every call to the sandbox is refused', async () => {
  const provider = await open()
  if (provider === undefined) throw new Error('no provider')
  const order = {
    paymentId: 'p-1',
    amount: money(1_900n, 'USD'),
    customerReference: 'a-1',
    metadata: {},
  } as const
  const made = await provider.createIntent(order)
  if (made.kind !== 'done') throw new Error(made.reason)
  const { providerId } = made.value
  expect(await provider.getIntent(providerId)).toMatchObject({ kind: 'done' })
  accounts = { real: 1, simulated: 1 }
  const refused = { kind: 'rejected', reason: 'not_permitted', retryable: false }
  const day = { from: new Date(0), to: new Date(1) }
  const refund = { refundId: 'r-1', providerPaymentId: providerId, amount: order.amount }
  const answers = await Promise.all([
    provider.createIntent({ ...order, paymentId: 'p-2' }),
    provider.getIntent(providerId),
    provider.cancelIntent(providerId),
    provider.refund(refund),
    provider.getRefund('r-1'),
    provider.findRefund(refund),
    provider.getDispute('d-1'),
    provider.submitEvidence({ submissionId: 's-1', providerDisputeId: 'd-1', evidence: {} }),
    provider.listBalanceTransactions(day),
    provider.listPayouts(day),
    provider.listPayoutTransactions('po-1'),
  ])
  expect(answers).toEqual(answers.map(() => refused))
})

test('the sandbox is not opened where there is a real registry account', async () => {
  accounts = { real: 1, simulated: 0 }
  await expect(open()).rejects.toThrow(ProviderRefused)
})

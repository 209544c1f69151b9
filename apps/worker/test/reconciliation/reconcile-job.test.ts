import { readLastRequest, requestReconciliation } from '@droplock/core/reconciliation/request'
import { createSandboxControl } from '@droplock/payments/sandbox/sandbox-control'
import { createSandboxProvider } from '@droplock/payments/sandbox/sandbox-provider'
import { startSandboxProvider } from '@droplock/payments/sandbox/start-sandbox-provider'
import { money } from '@droplock/rules/money'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { givenStaff } from '../../../../packages/core/test/support/world.ts'
import { runJob } from '../../src/jobs/jobs.ts'
import { reconcileJob, requestedReconciliationJob } from '../../src/reconciliation/reconcile-job.ts'
import { givenWorld, type World } from '../support/world.ts'

const apiKey = 'sandbox-key-Abcdefghij'
const webhookSecret = 'sandbox-webhook-Abcdefghij'
const card = '4242424242424242'
const terms = { closedAfterMs: -1_000, lookBackMs: 86_400_000, settlingMs: 0, runMsMax: 60_000 }
/** From the first moment of the day, and never. */
const atMidnight = { at: '00:00', timeZone: 'UTC', checkMs: 10, reports: [], terms } as const

let world: World
let sandbox: Awaited<ReturnType<typeof startSandboxProvider>>
beforeEach(async () => {
  world = await givenWorld()
  sandbox = await startSandboxProvider({ port: 0, apiKey, webhookSecret, laterMs: 'by_hand' })
})
afterEach(async () => {
  await sandbox.stop()
  await world.clone.drop()
})

async function givenStrangeMoney() {
  const provider = createSandboxProvider({ url: sandbox.url, apiKey, webhookSecret })
  const intent = await provider.createIntent({
    paymentId: 'not-ours',
    amount: money(700n, 'EUR'),
    customerReference: 'nobody',
    metadata: {},
  })
  if (intent.kind !== 'done') throw new Error(intent.kind)
  const { providerId, clientSecret = '' } = intent.value
  await createSandboxControl(sandbox.url, apiKey).pay({ providerId, clientSecret }, card)
  return provider
}

test('of several workers one reconciles, once a day, and logs what it found', async () => {
  const provider = await givenStrangeMoney()
  const stop = new AbortController()
  let runs = 0
  const running = Array.from({ length: 4 }, () => {
    const job = reconcileJob(world.worker, provider, atMidnight)
    const run: typeof job.run = async (signal) => {
      const fields = await job.run(signal)
      runs += 1
      // Each worker has looked several times.
      if (runs === 20) stop.abort()
      return fields
    }
    return runJob({ ...job, run }, world.logger, stop.signal)
  })
  await Promise.all(running)
  const logged = world.log.filter(({ event }) => event === 'reconciliation')
  expect(logged).toMatchObject([{ movements: 1, findings: 1, unmatched: 1 }])
})

test('nothing is done before its time', async () => {
  // The last second of a day that has just begun: a zone in which it is shortly after midnight would need a clock of its own.
  const never = { ...atMidnight, at: '23:59:59' }
  const job = reconcileJob(world.worker, await givenStrangeMoney(), never)
  expect(await job.run(new AbortController().signal)).toBeUndefined()
  const runs = await world.ctx.db.selectFrom('reconciliation_run').select('id').execute()
  expect(runs).toEqual([])
})

test('a day on which the provider was away is tried again', async () => {
  const provider = await givenStrangeMoney()
  const away = {
    ...provider,
    listBalanceTransactions: async () => ({ kind: 'ambiguous', reason: 'timeout' }) as const,
  }
  const signal = new AbortController().signal
  expect(await reconcileJob(world.worker, away, atMidnight).run(signal)).toMatchObject({
    unread: ['sandbox: ambiguous, timeout'],
  })
  expect(await reconcileJob(world.worker, provider, atMidnight).run(signal)).toMatchObject({ unmatched: 1 })
  expect(await reconcileJob(world.worker, provider, atMidnight).run(signal)).toBeUndefined()
})

test('what a person asks for is reconciled at once, once, whatever the hour', async () => {
  const job = requestedReconciliationJob(world.worker, await givenStrangeMoney(), atMidnight)
  const { signal } = new AbortController()
  expect(await job.run(signal)).toBeUndefined()
  const finance = await givenStaff(world.ctx, 'finance')
  const id = await requestReconciliation(finance, 'the provider corrected its books')
  const done = await job.run(signal)
  expect(done).toMatchObject({ request_id: id, movements: 1, findings: 1 })
  expect(await readLastRequest(finance)).toMatchObject({ runId: done?.['run_id'] })
  expect(await job.run(signal)).toBeUndefined()
})

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { getDispute } from '@droplock/core/disputes/read'
import { saveEvidence } from '@droplock/core/disputes/save-evidence'
import { submitEvidence } from '@droplock/core/disputes/submit-evidence'
import { getPayout, listPayouts } from '@droplock/core/payouts/read'
import { listReconciliationRuns } from '@droplock/core/reconciliation/read'
import { requestReconciliation } from '@droplock/core/reconciliation/request'
import { approveRefund } from '@droplock/core/refunds/approve'
import { getRefund } from '@droplock/core/refunds/read'
import { retryRefund } from '@droplock/core/refunds/retry'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { givenStaff } from '../../../../packages/core/test/support/world.ts'
import { givenWorld, type World } from '../support/world.ts'
import { type Processor, processors } from './processor.ts'
import { dropAll, givenShop, orderByCard, stateOf } from './shop.ts'

// What finance decides in the console, carried out by the worker's process at a provider over HTTP.

const patient = { timeout: 90_000, interval: 50 }
const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
const page = { offset: 0, limit: 10 }

let world: World
let processor: Processor
const children: ChildProcess[] = []

beforeEach(async () => {
  world = await givenWorld()
  processor = await processors.sandbox(world.ctx)
})
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill))
  await processor.close()
  await world.clone.drop()
})

function startWorker(): ChildProcess {
  const env = {
    DATABASE_URL: world.clone.urls.worker,
    DROPLOCK_RECONCILE_CLOSED_AFTER_MS: '0',
    DROPLOCK_RECONCILE_SETTLING_MS: '0',
    ...processor.environment,
  }
  const child = spawn(process.execPath, [main], { env, stdio: 'ignore' })
  children.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

/** A name ordered and paid by card, with a worker that has seen it. */
async function givenPaid(card: 'approve' | 'refund_fails_later' = 'approve') {
  const buyer = await givenShop(world.ctx, ['wanted.test'])
  const { id, intent } = await orderByCard(buyer, processor.provider, 'wanted.test')
  await processor.pay(intent, card)
  const worker = startWorker()
  await vi.waitFor(async () => expect(await stateOf(world.ctx, id)).toBe('backordered'), patient)
  return { intent, worker }
}

test('evidence that a worker sent before it was killed is submitted once, and the bank’s decision arrives', async () => {
  const { intent, worker } = await givenPaid()
  const { ctx } = world
  const providerDisputeId = await processor.openDispute(intent.providerId)
  const dispute = () => ctx.db.selectFrom('dispute').selectAll().executeTakeFirst()
  await vi.waitFor(async () => expect(await dispute()).toMatchObject({ state: 'open' }), patient)
  const disputeId = (await dispute())?.id ?? ''
  const finance = await givenStaff(ctx, 'finance')
  const { suggestion } = await getDispute(finance, disputeId)
  await saveEvidence(finance, { disputeId, version: 0, fields: suggestion })
  await processor.fault('never_answer')
  await submitEvidence(finance, { disputeId, version: 1, reason: 'Checked.' })
  const isAnswered = async () => {
    const answer = await processor.provider.getDispute(providerDisputeId)
    return answer.kind === 'done' && answer.value.isAnswered
  }
  await vi.waitFor(async () => expect(await isAnswered()).toBe(true), patient)
  await kill(worker)
  // Its time-out may have been noted: the next attempt is due.
  await ctx.db
    .updateTable('dispute_evidence')
    .set({ try_after: new Date() })
    .where('state', '=', 'submitting')
    .execute()
  startWorker()
  const evidence = async () => (await getDispute(finance, disputeId)).evidence
  await vi.waitFor(async () => expect(await evidence()).toMatchObject({ state: 'submitted' }), patient)
  expect(await getDispute(finance, disputeId)).toMatchObject({ state: 'under_review' })
  await processor.closeDispute(providerDisputeId, true)
  await vi.waitFor(async () => expect(await dispute()).toMatchObject({ state: 'won' }), patient)
})

test('a requested reconciliation reads payouts and books fees, and ends with what the provider holds', async () => {
  await givenPaid()
  const { ctx } = world
  const finance = await givenStaff(ctx, 'finance')
  await processor.payOut('USD')
  await requestReconciliation(finance, 'The payout of today.')
  // The worker also runs one a day by itself.
  const run = async () =>
    (await listReconciliationRuns(finance, page)).items.find(({ cause }) => cause === 'request')
  await vi.waitFor(async () => expect((await run())?.finishedAt ?? null).not.toBeNull(), patient)
  expect(await run()).toMatchObject({
    cause: 'request',
    failure: null,
    movements: 2,
    unmatched: 0,
    balances: [{ currency: 'USD', heldMinor: 0n, clearingMinor: 0n, differenceMinor: 0n }],
  })
  const [payout] = (await listPayouts(finance, { ...page, sort: { field: 'madeAt', order: 'desc' } })).items
  const fee = (1_900n * 29n) / 1_000n + 30n
  expect(await getPayout(finance, payout?.id ?? '')).toMatchObject({
    amountMinor: 1_900n - fee,
    parts: [{ kind: 'payment', grossMinor: 1_900n, feeMinor: fee }],
    differenceMinor: 0n,
  })
  expect(
    await ctx.db
      .selectFrom('posting')
      .select('cause')
      .where('cause', 'in', ['provider_fee', 'payout'])
      .execute(),
  ).toHaveLength(4)
})

test('a refund that the bank returned is sent again once two people decided where it goes', async () => {
  await givenPaid('refund_fails_later')
  const { ctx } = world
  await dropAll(ctx, 'lost')
  const refunds = () => ctx.db.selectFrom('refund').selectAll().orderBy('created_at').execute()
  await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ state: 'succeeded' }]), patient)
  const [first] = await refunds()
  await processor.settle(first?.provider_refund_id ?? '')
  await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ state: 'failed' }]), patient)
  const finance = await givenStaff(ctx, 'finance')
  const approver = await givenStaff(ctx, 'finance_approver')
  // By rule it goes to the card again; the balance is an exception.
  const retry = { refundId: first?.id ?? '', note: 'The card is closed.', destination: 'balance' } as const
  const retried = await retryRefund(finance, retry)
  const proposed = await getRefund(finance, retried)
  expect(proposed).toMatchObject({ state: 'proposed', byRule: false })
  await approveRefund(approver, { refundId: retried, seenHash: proposed.termsHash })
  await vi.waitFor(
    async () => expect(await getRefund(finance, retried)).toMatchObject({ state: 'succeeded' }),
    patient,
  )
  const open = await ctx.db.selectFrom('finance_task').select('kind').where('closed_at', 'is', null).execute()
  expect(open).toEqual([])
})

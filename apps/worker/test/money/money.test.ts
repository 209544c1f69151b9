import { getBalance } from '@droplock/core/accounts/read'
import { openTopUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import type { AccountContext } from '@droplock/core/context'
import { createIntent } from '@droplock/core/payment-provider/ask'
import type { PaymentProvider } from '@droplock/rules/ports/payments'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { work } from '../../src/worker.ts'
import { givenWorld, moneyEvery, rule, type World } from '../support/world.ts'
import { type Processor, processors } from './processor.ts'
import {
  dropAll,
  endHolds,
  givenShop,
  hurry,
  orderByCard,
  PRICE_MINOR,
  renewByCard,
  stateOf,
} from './shop.ts'

const patient = { timeout: 15_000, interval: 20 }
const never = 86_400_000
const NAME = 'wanted.test'

let world: World
let processor: Processor
let buyer: AccountContext
let stop: AbortController
let working: Promise<unknown>

async function open(kind: keyof typeof processors): Promise<void> {
  world = await givenWorld()
  stop = new AbortController()
  working = Promise.resolve()
  processor = await processors[kind](world.ctx)
  buyer = await givenShop(world.ctx, [NAME, 'other.test'])
}

function startWorkers(count = 1, provider: PaymentProvider = processor.provider): void {
  const { worker: ctx, logger } = world
  const sweepEvery = { openMs: never, closeMs: never, unsoldMs: never, runsMs: never, changesMs: never }
  const options = { ctx, logger, poll: rule, sweepEvery, moneyEvery, provider }
  working = Promise.all(Array.from({ length: count }, () => work(options, stop.signal)))
}

afterEach(async () => {
  stop.abort()
  await working
  await processor.close()
  await world.clone.drop()
})

const refunds = () => world.ctx.db.selectFrom('refund').selectAll().execute()
const tasks = () => world.ctx.db.selectFrom('finance_task').select(['kind', 'closed_at']).execute()
/** All movements of money at the provider. */
const movements = async () => {
  const page = await processor.provider.listBalanceTransactions({
    from: new Date(Date.now() - never),
    to: new Date(Date.now() + never),
  })
  if (page.kind !== 'done') throw new Error(page.reason)
  return page.value.transactions.map(({ kind }) => kind).toSorted()
}

async function untilState(id: string, state: string): Promise<void> {
  await vi.waitFor(async () => expect(await stateOf(world.ctx, id)).toBe(state), patient)
}

/** Paid by card and lost at the drop, before any worker runs. */
async function givenRefundToSend(card: 'approve' | 'refund_fails_later' = 'approve') {
  const order = await orderByCard(buyer, processor.provider, NAME)
  await processor.pay(order.intent, card)
  startWorkers()
  await untilState(order.id, 'backordered')
  stop.abort()
  await working
  stop = new AbortController()
  await dropAll(world.ctx, 'lost')
  return order
}

const kinds = ['sandbox', 'stripe'] as const

describe.each(kinds)('payments with the provider %s', (kind) => {
  beforeEach(() => open(kind))

  test('an order that is paid by card is secured', async () => {
    startWorkers()
    const { id, intent } = await orderByCard(buyer, processor.provider, NAME)
    await processor.pay(intent, 'approve')
    await untilState(id, 'backordered')
    // The state is committed before the job logs it.
    await expect
      .poll(() => world.log)
      .toContainEqual(expect.objectContaining({ event: 'provider.event', level: 'info' }))
  })

  test('a payment whose webhooks are lost is found by asking', async () => {
    processor.loseWebhooks()
    const { id, intent } = await orderByCard(buyer, processor.provider, NAME)
    await processor.pay(intent, 'approve')
    await hurry(world.ctx)
    startWorkers()
    await untilState(id, 'backordered')
    expect(await world.ctx.db.selectFrom('provider_event').selectAll().execute()).toEqual([])
  })

  test('an answer that never comes is asked for again, and the payer is charged once', async () => {
    await processor.fault('never_answer')
    const { id, paymentId } = await placeBackorder(buyer, { name: NAME, payment: 'card' })
    await expect(createIntent(buyer, processor.provider, paymentId)).resolves.toMatchObject({
      kind: 'ambiguous',
      reason: 'timeout',
    })
    await hurry(world.ctx)
    startWorkers()
    const known = async () =>
      (
        await world.ctx.db
          .selectFrom('payment')
          .select('provider_id')
          .where('id', '=', paymentId)
          .executeTakeFirst()
      )?.provider_id
    await vi.waitFor(async () => expect(await known()).toMatch(/./), patient)
    const again = await createIntent(buyer, processor.provider, paymentId)
    if (again.kind !== 'done') throw new Error(again.reason)
    expect(again.value.providerId).toBe(await known())
    await processor.pay(again.value, 'approve')
    await untilState(id, 'backordered')
    expect(await movements()).toEqual(['payment'])
  })
})

describe.each(kinds)('holds with the provider %s', (kind) => {
  beforeEach(() => open(kind))

  test('a declined card leaves the hold, and the next card secures it', async () => {
    startWorkers()
    const { id, paymentId, intent } = await orderByCard(buyer, processor.provider, NAME)
    await processor.pay(intent, 'decline')
    const state = () =>
      world.ctx.db.selectFrom('payment').select('state').where('id', '=', paymentId).executeTakeFirst()
    await vi.waitFor(async () => expect(await state()).toEqual({ state: 'failed' }), patient)
    expect(await stateOf(world.ctx, id)).toBe('pending_payment')
    await processor.pay(intent, 'approve')
    await untilState(id, 'backordered')
  })

  test('a hold that lapses frees the name, and its payment can be paid no more', async () => {
    const { id, intent } = await orderByCard(buyer, processor.provider, NAME)
    await endHolds(world.ctx)
    startWorkers()
    await untilState(id, 'expired')
    const there = () => processor.provider.getIntent(intent.providerId)
    await vi.waitFor(
      async () => expect(await there()).toMatchObject({ value: { state: 'canceled' } }),
      patient,
    )
  })
})

describe.each(kinds)('refunds with the provider %s', (kind) => {
  beforeEach(() => open(kind))

  test('a refund whose answer was lost is looked for and not sent again', async () => {
    await givenRefundToSend()
    processor.loseWebhooks()
    await processor.fault('never_answer')
    startWorkers(2)
    await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ failure: 'timeout' }]), patient)
    await hurry(world.ctx)
    await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ state: 'succeeded' }]), patient)
    expect(await movements()).toEqual(['payment', 'refund'])
    expect(await tasks()).toEqual([])
  })

  test.each([
    { fault: 'refuse_rate', failure: 'rate_limited' },
    { fault: 'fail_after', failure: 'server_error' },
  ] as const)(
    'a refund that meets $failure is tried again later and paid once',
    async ({ fault, failure }) => {
      await givenRefundToSend()
      processor.loseWebhooks()
      await processor.fault(fault)
      startWorkers()
      await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ attempts: 1, failure }]), patient)
      const [waiting] = await refunds()
      expect(waiting?.state).toBe('processing')
      expect(waiting?.try_after?.getTime()).toBeGreaterThan(Date.now() + 1_000)
      await hurry(world.ctx)
      await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ state: 'succeeded' }]), patient)
      expect(await movements()).toEqual(['payment', 'refund'])
    },
  )

  test('a refund that the bank sends back later becomes a task of finance', async () => {
    await givenRefundToSend('refund_fails_later')
    startWorkers()
    await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ state: 'succeeded' }]), patient)
    const [refund] = await refunds()
    await processor.settle(refund?.provider_refund_id ?? '')
    await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ state: 'failed' }]), patient)
    expect(await tasks()).toEqual([{ kind: 'refund_failed', closed_at: null }])
  })
})

describe('with the sandbox', () => {
  beforeEach(() => open('sandbox'))

  test('while calls for refunds hang, payments are secured', async () => {
    await givenRefundToSend()
    const hung = Promise.withResolvers<Awaited<ReturnType<PaymentProvider['refund']>>>()
    startWorkers(1, { ...processor.provider, refund: () => hung.promise })
    await vi.waitFor(async () => expect(await refunds()).toMatchObject([{ attempts: 1 }]), patient)
    const topUp = await openTopUp(buyer, PRICE_MINOR)
    const answer = await createIntent(buyer, processor.provider, topUp)
    if (answer.kind !== 'done') throw new Error(answer.reason)
    await processor.pay(answer.value, 'approve')
    const paid = { balanceMinor: PRICE_MINOR }
    await vi.waitFor(async () => expect(await getBalance(buyer)).toMatchObject(paid), patient)
    hung.resolve({ kind: 'ambiguous', reason: 'timeout' })
  })

  test('a renewal that is not paid in time expires, and can be ordered again', async () => {
    const { id, intent } = await orderByCard(buyer, processor.provider, NAME)
    await processor.pay(intent, 'approve')
    startWorkers()
    await untilState(id, 'backordered')
    await dropAll(world.ctx, 'registered')
    const renewalId = await renewByCard(buyer, id)
    await endHolds(world.ctx)
    const renewal = () =>
      world.ctx.db.selectFrom('renewal').select('state').where('id', '=', renewalId).executeTakeFirst()
    await vi.waitFor(async () => expect(await renewal()).toEqual({ state: 'expired' }), patient)
    expect(await renewByCard(buyer, id)).not.toBe(renewalId)
  })

  test('without a provider holds lapse and refunds wait', async () => {
    const { id } = await orderByCard(buyer, processor.provider, NAME)
    await endHolds(world.ctx)
    const { ctx, worker, logger } = world
    const sweepEvery = { openMs: never, closeMs: never, unsoldMs: never, runsMs: never, changesMs: never }
    working = work({ ctx: worker, logger, poll: rule, sweepEvery, moneyEvery }, stop.signal)
    await untilState(id, 'expired')
    const waiting = await ctx.db
      .selectFrom('provider_task')
      .select('kind')
      .where('done_at', 'is', null)
      .execute()
    expect(waiting).toEqual([{ kind: 'cancel_intent' }])
  })
})

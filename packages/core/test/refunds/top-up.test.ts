import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { getBalance } from '../../src/accounts/read.ts'
import { setCreditLimit } from '../../src/accounts/set-credit-limit.ts'
import { listTransactions } from '../../src/accounts/statement.ts'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getPaymentCase } from '../../src/cases/payments.ts'
import type { Context } from '../../src/context.ts'
import { listFinanceTasks } from '../../src/finance-tasks.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { expireRefund } from '../../src/refunds/expire.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { getRefund } from '../../src/refunds/read.ts'
import { retryRefund } from '../../src/refunds/retry.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { lookAndApprove } from '../support/approve.ts'
import { ask, deliver, pay, sendRefunds } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
} from '../support/world.ts'

const TOP_UP_MINOR = 3_000n
const manual = { amountMinor: TOP_UP_MINOR, reasonCode: 'wrong_charge', note: 'it was too much' } as const

/** An account whose only money came by card. */
async function given(work: (world: Awaited<ReturnType<typeof toppedUp>>) => Promise<void>): Promise<void> {
  await rolledBack(async (tx) => work(await toppedUp(contextOf(tx))))
}

async function toppedUp(ctx: Context) {
  await givenRegistry(ctx)
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const provider = new FakeProvider()
  const paymentId = await openTopUp(buyer, TOP_UP_MINOR)
  const providerId = await ask(ctx, provider, paymentId)
  await pay(ctx, provider, providerId)
  const ann = await givenStaff(ctx, 'finance')
  const bob = await givenStaff(ctx, 'finance_approver')
  const propose = { ...manual, paymentId }
  return { ctx, buyer, provider, paymentId, providerId, ann, bob, propose }
}

type World = Awaited<ReturnType<typeof toppedUp>>

const balance = async ({ buyer }: World) => (await getBalance(buyer)).balanceMinor

async function spend({ ctx, buyer }: World): Promise<void> {
  await givenListings(ctx, { names: ['wanted.test'] })
  await placeBackorder(buyer, { name: 'wanted.test', payment: 'balance' })
}

async function mustBeSound({ bob }: World): Promise<void> {
  expect(await proveInvariants(bob)).toMatchObject({ holds: true })
}

test('a top-up is refunded to its card by default: from the balance when it is approved, as the statement shows', () =>
  given(async (world) => {
    const { ctx, buyer, provider, paymentId, ann, bob, propose } = world
    expect(await getPaymentCase(ann, paymentId)).toMatchObject({
      refundableMinor: TOP_UP_MINOR,
      ruledDestination: 'original_payment',
    })
    const id = await proposeRefund(ann, propose)
    expect(await getRefund(ann, id)).toMatchObject({
      purpose: 'top_up',
      destination: 'original_payment',
      byRule: true,
    })
    expect(await balance(world)).toBe(TOP_UP_MINOR)
    await lookAndApprove(bob, id)
    expect(await balance(world)).toBe(0n)
    await sendRefunds(ctx, provider)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'succeeded' })
    expect([...provider.refunds.values()]).toMatchObject([{ amount: { amountMinor: TOP_UP_MINOR } }])
    expect((await listTransactions(buyer, { limit: 1 })).items).toMatchObject([
      { cause: 'refund', amountMinor: -TOP_UP_MINOR },
    ])
    expect(await getPaymentCase(ann, paymentId)).toMatchObject({ refundableMinor: 0n })
    await mustBeSound(world)
  }))

test('one person refunds a top-up within the limit, and no more than was paid', () =>
  given(async (world) => {
    const { ann, propose } = world
    const id = await completeRefund(ann, propose)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'approved', decidedBy: null })
    expect(await balance(world)).toBe(0n)
    await expect(completeRefund(ann, { ...propose, amountMinor: 1n })).rejects.toMatchObject({
      code: 'refund_exceeds_remaining',
    })
    await mustBeSound(world)
  }))

test('what exceeds the balance stays there by default; to the card, on credit, it takes two people', () =>
  given(async (world) => {
    const { buyer, ann, bob, paymentId, propose } = world
    await spend(world)
    const left = TOP_UP_MINOR - PRICE_MINOR
    const stays = { code: 'refund_stays_on_balance', facts: { balance_minor: Number(left) } }
    await expect(proposeRefund(ann, propose)).rejects.toMatchObject(stays)
    await expect(completeRefund(ann, propose)).rejects.toMatchObject(stays)
    const toBalance = proposeRefund(ann, { ...propose, amountMinor: 1n, destination: 'balance' })
    await expect(toBalance).rejects.toMatchObject({ code: 'refund_stays_on_balance' })
    expect(await getPaymentCase(ann, paymentId)).toMatchObject({ ruledDestination: 'balance' })

    const toCard = { ...propose, destination: 'original_payment' } as const
    await expect(proposeRefund(ann, toCard)).rejects.toMatchObject({
      code: 'refund_exceeds_balance',
      facts: { available_minor: Number(left) },
    })
    const { accountId } = buyer.actor
    await setCreditLimit(bob, { accountId, limitMinor: PRICE_MINOR, reason: 'a known customer' })
    const id = await proposeRefund(ann, toCard)
    expect(await getRefund(ann, id)).toMatchObject({ byRule: false })
    await lookAndApprove(bob, id)
    expect(await balance(world)).toBe(-PRICE_MINOR)
    await mustBeSound(world)
  }))

test('what is spent between proposal and approval is not refunded; what is left can be', () =>
  given(async (world) => {
    const { ann, bob, propose } = world
    const all = await proposeRefund(ann, { ...propose, amountMinor: TOP_UP_MINOR - 500n })
    const part = await proposeRefund(ann, { ...propose, amountMinor: 500n })
    await spend(world)
    await expect(lookAndApprove(bob, all)).rejects.toMatchObject({ code: 'refund_exceeds_balance' })
    expect(await getRefund(ann, all)).toMatchObject({ state: 'proposed' })
    await lookAndApprove(bob, part)
    expect(await balance(world)).toBe(TOP_UP_MINOR - PRICE_MINOR - 500n)
    await mustBeSound(world)
  }))

test('a refund of a top-up that was approved and never sent is on the balance again', () =>
  given(async (world) => {
    const { ctx, buyer, ann, bob, propose } = world
    const id = await proposeRefund(ann, propose)
    await lookAndApprove(bob, id)
    await sql`update refund set expires_at = date_trunc('milliseconds', clock_timestamp())`.execute(ctx.db)
    expect(await expireRefund(ctx)).toBe(true)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'expired' })
    expect(await balance(world)).toBe(TOP_UP_MINOR)
    expect((await listTransactions(buyer, { limit: 1 })).items).toMatchObject([
      { cause: 'refund_expired', amountMinor: TOP_UP_MINOR },
    ])
    await mustBeSound(world)
  }))

test('a refund that the card refuses becomes a task, and a retry credits it to the balance', () =>
  given(async (world) => {
    const { ctx, provider, ann, bob, propose } = world
    const id = await completeRefund(ann, propose)
    provider.refundFate = 'declined'
    await sendRefunds(ctx, provider)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'failed' })
    expect(await listFinanceTasks(ann, { offset: 0, limit: 5 })).toMatchObject({
      items: [{ kind: 'refund_failed' }],
    })
    expect(await balance(world)).toBe(0n)
    await mustBeSound(world)
    const again = await retryRefund(ann, { refundId: id, note: 'the card is closed', destination: 'balance' })
    await lookAndApprove(bob, again)
    expect(await balance(world)).toBe(TOP_UP_MINOR)
    await mustBeSound(world)
  }))

test('a refund that the card returns waits until it is retried', () =>
  given(async (world) => {
    const { ctx, provider, ann, propose } = world
    const id = await completeRefund(ann, propose)
    await sendRefunds(ctx, provider)
    const [sent] = provider.refunds.keys()
    provider.moveRefund(sent ?? '', 'failed')
    await deliver(ctx, provider)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'failed' })
    await mustBeSound(world)
    const again = await retryRefund(ann, { refundId: id, note: 'again' })
    await sendRefunds(ctx, provider)
    expect(await getRefund(ann, again)).toMatchObject({ state: 'succeeded', destination: 'original_payment' })
    expect(await balance(world)).toBe(0n)
    await mustBeSound(world)
  }))

test('a top-up whose dispute is lost is not refunded twice: what waited for its card is credited to the balance', () =>
  given(async (world) => {
    const { ctx, provider, providerId, paymentId, ann, propose } = world
    const id = await completeRefund(ann, propose)
    provider.openDispute(providerId)
    await deliver(ctx, provider)
    expect(await balance(world)).toBe(-TOP_UP_MINOR)
    const [disputeId] = provider.disputes.keys()
    provider.decideDispute(disputeId ?? '', 'lost')
    await deliver(ctx, provider)
    expect(await getRefund(ann, id)).toMatchObject({ state: 'failed', failure: 'charged_back' })
    const again = await retryRefund(ann, { refundId: id, note: 'the bank was first' })
    expect(await getRefund(ann, again)).toMatchObject({ state: 'succeeded', destination: 'balance' })
    expect(await balance(world)).toBe(0n)
    expect(await getPaymentCase(ann, paymentId)).toMatchObject({ refundableMinor: 0n })
    await expect(proposeRefund(ann, { ...propose, amountMinor: 1n })).rejects.toMatchObject({
      code: 'refund_exceeds_remaining',
    })
    await mustBeSound(world)
  }))

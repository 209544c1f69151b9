import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { applyIntent } from '../../src/payment-provider/apply-intent.ts'
import { sendRefund } from '../../src/refunds/send.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { hold } from '../support/cards.ts'
import { outcomeOf } from '../support/drop.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { untilAnswered } from '../support/waiting.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
} from '../support/world.ts'

/** The normal path of a drop: nearly everything fails at once. */
const ACCOUNTS = 100
const ORDERS_PER_ACCOUNT = 10
/** Orders that an account in debt owes: so many of its refunds clear the debt, and the others find none. */
const OWED_ORDERS = 3
const CONNECTIONS = 40
const WORKERS = 8

let clone: Clone
let ctx: Context
let provider: FakeProvider

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: CONNECTIONS })
  ctx = contextOf(clone.db)
  provider = new FakeProvider()
  await givenRegistry(ctx)
})

afterEach(() => clone.drop())

const owes = (account: number) => account % 2 === 0
const cardName = (account: number, order: number) => `c${account}-${order}.test`
const owedName = (account: number, order: number) => `d${account}-${order}.test`
const range = (count: number) => Array.from({ length: count }, (_, index) => index)

async function orderAll(account: number): Promise<AccountContext> {
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  for (const index of range(ORDERS_PER_ACCOUNT)) {
    const { providerId } = await hold(buyer, provider, cardName(account, index))
    await applyIntent(ctx, 'sandbox', provider.move(providerId, 'succeeded'))
  }
  if (!owes(account)) return buyer
  const credit = { credit_limit_minor: BigInt(OWED_ORDERS) * PRICE_MINOR }
  await clone.db.updateTable('account').set(credit).where('id', '=', buyer.actor.accountId).execute()
  for (const index of range(OWED_ORDERS))
    await placeBackorder(buyer, { name: owedName(account, index), payment: 'balance' })
  return buyer
}

/** Every card order fails, each reported twice at once, in an order that has nothing to do with the accounts. */
async function failAll(): Promise<number> {
  await clone.db
    .updateTable('listing')
    .set({ cutoff_at: new Date(Date.now() - 1_000) })
    .execute()
  while ((await closeDue(ctx)).closed > 0);
  const targets = await clone.db
    .selectFrom('catch_target')
    .select(['id', 'listing_id'])
    .where('name', 'like', 'c%')
    .orderBy('id')
    .execute()
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  const reversed = targets.toReversed()
  const record = async ({ id, listing_id }: (typeof targets)[number]) =>
    untilAnswered(() => recordOutcome(ctx, outcomeOf(id, listing_id, 'lost')))
  // Half the connections go through all targets, and so does the other half: each target has two at once.
  const [first, second] = await Promise.all([inTurns(reversed, record), inTurns(reversed, record)])
  return [...first, ...second].filter(Boolean).length
}

/** As many at once as half the connections: what waits for a connection too long is refused. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const waiting = items.values()
  const results: Result[] = []
  const lane = async () => {
    for (const item of waiting) results.push(await work(item))
  }
  await Promise.all(range(CONNECTIONS / 2).map(lane))
  return results
}

async function sendWhatWaits(): Promise<void> {
  while (await sendRefund(ctx, provider));
}

/** A busy machine needs more than the usual time for 1,000 orders. */
const MS_MAX = 300_000

test(
  'of 1,000 card orders that fail at once, half of them of accounts in debt, each is refunded once and to where its account stood',
  async () => {
    const total = ACCOUNTS * ORDERS_PER_ACCOUNT
    const owed = range(ACCOUNTS)
      .filter(owes)
      .flatMap((account) => range(OWED_ORDERS).map((n) => owedName(account, n)))
    const byCard = range(ACCOUNTS).flatMap((account) =>
      range(ORDERS_PER_ACCOUNT).map((n) => cardName(account, n)),
    )
    await givenListings(ctx, { names: [...byCard, ...owed] })
    const buyers = await Promise.all(range(ACCOUNTS).map(orderAll))

    const startMs = performance.now()
    expect(await failAll()).toBe(total)
    const failedMs = performance.now() - startMs
    await Promise.all(range(WORKERS).map(sendWhatWaits))
    const sentMs = performance.now() - startMs - failedMs
    console.info({ orders: total, failedMs: Math.round(failedMs), sentMs: Math.round(sentMs) })

    const refunds = await clone.db
      .selectFrom('refund')
      .innerJoin('payment', 'payment.id', 'refund.payment_id')
      .select(['account_id', 'destination', 'refund.state', 'cause', 'payment_id', 'refund.amount_minor'])
      .orderBy('refund.created_at')
      .execute()
    expect(new Set(refunds.map((refund) => refund.payment_id)).size).toBe(total)
    expect(refunds).toHaveLength(total)
    for (const refund of refunds)
      expect(refund).toMatchObject({
        state: 'succeeded',
        cause: 'backorder_failed',
        amount_minor: PRICE_MINOR,
      })

    const inOrder = Map.groupBy(refunds, (refund) => refund.account_id)
    for (const [account, buyer] of buyers.entries()) {
      const toBalance = owes(account) ? OWED_ORDERS : 0
      expect(inOrder.get(buyer.actor.accountId)?.map((refund) => refund.destination)).toEqual([
        ...range(toBalance).map(() => 'balance'),
        ...range(ORDERS_PER_ACCOUNT - toBalance).map(() => 'original_payment'),
      ])
    }
    const balances = await clone.db.selectFrom('account').select('balance_minor').distinct().execute()
    expect(balances).toEqual([{ balance_minor: 0n }])
    const toCards = total - (ACCOUNTS / 2) * OWED_ORDERS
    expect(provider.refunds.size).toBe(toCards)
    expect(new Set([...provider.refunds.values()].map((refund) => refund.providerPaymentId)).size).toBe(
      toCards,
    )
    expect(await proveInvariants(await givenStaff(ctx, 'operator'))).toMatchObject({ holds: true })
  },
  MS_MAX,
)

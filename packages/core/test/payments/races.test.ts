import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lapseHolds } from '../../src/backorders/expire.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import { getBackorder } from '../../src/backorders/read.ts'
import { releaseBackorder } from '../../src/backorders/release.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { violated } from '../../src/database/errors.ts'
import { applyDispute } from '../../src/disputes/apply.ts'
import { proveLedger } from '../../src/ledger/prove.ts'
import { applyIntent } from '../../src/payment-provider/apply-intent.ts'
import { handleProviderEvent, recordProviderEvent } from '../../src/payment-provider/handle-events.ts'
import { openPayment } from '../../src/payments/open.ts'
import { retryRefund } from '../../src/refunds/retry.ts'
import { sendRefund } from '../../src/refunds/send.ts'
import { closeDue } from '../../src/schedule/steps.ts'
import { beginFiring } from '../../src/targets/begin-firing.ts'
import { recordOutcome } from '../../src/targets/record-outcome.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { dropConstraint } from '../constraints/catalog.ts'
import { ask, endHolds, hold, pay, sendRefunds } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { untilAnswered } from '../support/waiting.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
  REGISTRY_ACCOUNT,
} from '../support/world.ts'

/** What two connections can do to each other. */
const NAME = 'wanted.test'
const SQUATTERS = 50
const AT_ONCE = 8

let clone: Clone
let ctx: Context
let provider: FakeProvider

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: SQUATTERS + 4 })
  ctx = contextOf(clone.db)
  provider = new FakeProvider()
  await givenRegistry(ctx)
})

afterEach(() => clone.drop())

const many = <Item>(count: number, make: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, index) => make(index))

async function outcomes(works: readonly Promise<unknown>[]) {
  const results = await Promise.allSettled(works)
  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  return { done: results.length - errors.length, errors }
}

async function statesOf(table: 'backorder' | 'refund'): Promise<readonly string[]> {
  const rows = await clone.db.selectFrom(table).select('state').execute()
  return rows.map((row) => row.state).toSorted()
}

async function mustBeSound(): Promise<void> {
  expect(await proveLedger(clone.db)).toMatchObject({
    ledgerSumMinor: { USD: 0n },
    escrowDifferenceMinor: { USD: 0n },
    balanceMismatches: 0,
    misplacedPayments: 0,
    unrefundedFailures: 0,
  })
}

const fresh = (count: number) => Promise.all(many(count, () => givenAccount(ctx, { balanceMinor: 0n })))
const byCard = (buyer: AccountContext) =>
  untilAnswered(() => placeBackorder(buyer, { name: NAME, payment: 'card' }))

test(`${SQUATTERS} fresh accounts keep a name from a paying buyer for one hold, and not for a second longer`, async () => {
  await givenListings(ctx, { names: [NAME] })
  const squatters = await fresh(SQUATTERS)
  const first = await outcomes(squatters.map(byCard))
  expect(first.done).toBe(1)
  for (const error of first.errors) expect(error).toMatchObject({ code: 'name_taken' })
  const held = await clone.db.selectFrom('backorder').selectAll().executeTakeFirstOrThrow()
  const heldMs = (held.pay_by ?? new Date(0)).getTime() - held.created_at.getTime()
  expect(heldMs).toBeLessThanOrEqual(900_000)

  await endHolds(ctx)
  expect(await lapseHolds(ctx)).toBe(1)
  const buyer = await givenAccount(ctx)
  const second = outcomes(squatters.map(byCard))
  await untilAnswered(() => placeBackorder(buyer, { name: NAME, payment: 'balance' }))
  for (const error of (await second).errors) {
    expect(error).toMatchObject({ code: expect.stringMatching(/^(hold_not_available|name_taken)$/) })
  }
  expect((await second).done).toBe(0)
  expect(await statesOf('backorder')).toEqual(['backordered', 'expired'])
})

test('without one_hold_per_listing, under a caller that forgets to ask, they would keep it', async () => {
  await dropConstraint(clone.db, 'backorder', 'one_hold_per_listing')
  await givenListings(ctx, { names: [NAME] })
  const [one, other] = await fresh(2)
  if (one === undefined || other === undefined) throw new Error('no accounts')
  await byCard(one)
  await endHolds(ctx)
  await lapseHolds(ctx)
  // What the decision looks at is hidden from it, as a caller would who does not look.
  await sql`update backorder set pay_by = null where state = 'expired'`.execute(clone.db)
  await byCard(other)
  expect(await statesOf('backorder')).toEqual(['expired', 'pending_payment'])
})

test('of 8 holds at once by a new account, 3 are taken', async () => {
  const names = many(AT_ONCE, (index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const { done, errors } = await outcomes(
    names.map((name) => placeBackorder(buyer, { name, payment: 'card' })),
  )
  expect(done).toBe(3)
  for (const error of errors) expect(error).toMatchObject({ code: 'hold_limit_reached' })
})

test('holds that are written at once without any lock stay within the limit by the schema alone', async () => {
  const names = many(AT_ONCE, (index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const { done, errors } = await outcomes(names.map((name) => holdNaively(buyer, name)))
  expect(done).toBe(3)
  for (const error of errors) expect(violated(error, 'open_holds_within_limit')).toBe(true)
})

async function holdNaively(buyer: AccountContext, name: string): Promise<void> {
  await sql`
    insert into backorder (id, listing_id, name, account_id, state, price_minor, currency, created_at, pay_by)
    select ${ctx.newId()}, id, name, ${buyer.actor.accountId}, 'pending_payment', ${PRICE_MINOR}, 'USD', now(), cutoff_at
    from listing where name = ${name}`.execute(clone.db)
}

test('of two payments of an order captured at once, one secures it and the other is refunded', async () => {
  await givenListings(ctx, { names: [NAME] })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const held = await hold(buyer, provider, NAME)
  const second = await ask(ctx, provider, await openPayment(buyer, held.id))
  const captured = [held.providerId, second].map((id) => provider.move(id, 'succeeded'))
  await Promise.all(
    [...captured, ...captured, ...captured].map((intent) => applyIntent(ctx, 'sandbox', intent)),
  )
  expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'backordered' })
  const refunds = await clone.db.selectFrom('refund').select(['cause', 'amount_minor']).execute()
  expect(refunds).toEqual([{ cause: 'duplicate_payment', amount_minor: PRICE_MINOR }])
  await mustBeSound()
})

test('a payment that arrives while its hold lapses secures the name or claims it again, and is never lost', async () => {
  const names = many(20, (index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyers = await fresh(names.length)
  const holds = await Promise.all(names.map((name, index) => hold(buyers[index] ?? fail(), provider, name)))
  await endHolds(ctx)
  await Promise.all([
    lapseHolds(ctx),
    ...holds.map(({ providerId }) => applyIntent(ctx, 'sandbox', provider.move(providerId, 'succeeded'))),
    lapseHolds(ctx),
  ])
  const secured = (await statesOf('backorder')).filter((state) => state === 'backordered')
  expect(secured).toHaveLength(names.length)
  expect(await statesOf('refund')).toEqual([])
  await mustBeSound()
})

test('an order that is released while its payment arrives is secured, or stays released and the payment is refunded', async () => {
  const names = many(20, (index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyers = await fresh(names.length)
  const holds = await Promise.all(names.map((name, index) => hold(buyers[index] ?? fail(), provider, name)))
  const reported = await Promise.all(
    holds.map(async ({ id, providerId }, index) => {
      provider.move(providerId, 'processing')
      const releasing = releaseBackorder(buyers[index] ?? fail(), id).then(
        ({ state }) => state,
        () => 'refused',
      )
      await applyIntent(ctx, 'sandbox', provider.move(providerId, 'succeeded'))
      return releasing
    }),
  )
  const rows = await clone.db
    .selectFrom('backorder')
    .leftJoin('payment', 'payment.backorder_id', 'backorder.id')
    .leftJoin('refund', 'refund.payment_id', 'payment.id')
    .select(['backorder.id', 'backorder.state', 'refund.cause'])
    .execute()
  expect(rows).toHaveLength(names.length)
  for (const [index, { id }] of holds.entries()) {
    expect(rows.find((row) => row.id === id)).toMatchObject(
      reported[index] === 'expired'
        ? { state: 'expired', cause: 'late_payment' }
        : { state: 'backordered', cause: null },
    )
  }
  await mustBeSound()
})

function fail(): never {
  throw new Error('there are as many accounts as names')
}

test('of one event that several workers handle at once, one is applied', async () => {
  await givenListings(ctx, { names: [NAME] })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  const held = await hold(buyer, provider, NAME)
  provider.move(held.providerId, 'succeeded')
  const [event] = provider.events
  if (event === undefined) throw new Error('no event was sent')
  const stored = await Promise.all(many(AT_ONCE, () => recordProviderEvent(ctx, 'sandbox', event)))
  expect(stored.filter(Boolean)).toHaveLength(1)
  const handled = await Promise.all(many(AT_ONCE, () => handleProviderEvent(ctx, provider)))
  expect(handled.filter(Boolean)).toHaveLength(1)
  expect(await getBackorder(buyer, held.id)).toMatchObject({ state: 'backordered' })
  await mustBeSound()
})

/** So many names of one account, paid by card, fired. */
async function givenFired(count: number) {
  const names = many(count, (index) => `n${index}.test`)
  await givenListings(ctx, { names })
  const buyer = await givenAccount(ctx, { balanceMinor: 0n })
  await sql`update account set open_holds_max_before_paid = 100, open_holds_max = 100`.execute(clone.db)
  for (const name of names) await pay(ctx, provider, (await hold(buyer, provider, name)).providerId)
  await sql`update listing set cutoff_at = clock_timestamp()`.execute(clone.db)
  await closeDue(ctx)
  const targets = await clone.db.selectFrom('catch_target').select(['id', 'listing_id']).execute()
  await beginFiring(
    ctx,
    targets.map(({ id }) => id),
  )
  return { buyer, targets }
}

const lose = ({ id, listing_id }: { readonly id: string; readonly listing_id: string }) =>
  recordOutcome(ctx, {
    targetId: id,
    listingId: listing_id,
    registryAccountId: REGISTRY_ACCOUNT,
    code: 2302,
    holderClid: 'rival',
    attempts: [],
    outcome: 'lost',
  })

test('of 20 failures at once on an account that owes one cent, one clears the debt and 19 are refunded to the card', async () => {
  const { targets } = await givenFired(20)
  await sql`
    insert into posting (cause, cause_id, line, ledger_account, account_id, amount_minor, currency)
    select 'dispute', a.id, line, ledger_account, a.id, sign, 'USD'
    from account as a, (values (1, 'customer_balance', -1), (2, 'revenue', 1)) as side (line, ledger_account, sign)`.execute(
    clone.db,
  )
  await Promise.all(targets.map(lose))
  const rows = await clone.db.selectFrom('refund').select('destination').execute()
  expect(rows.filter(({ destination }) => destination === 'balance')).toHaveLength(1)
  expect(rows).toHaveLength(20)
  await mustBeSound()
})

test('refunds that many workers send at once are paid once each', async () => {
  const { targets } = await givenFired(6)
  await Promise.all(targets.map(lose))
  const sent = await Promise.all(many(40, () => sendRefund(ctx, provider)))
  // A worker skips what another holds, so not every call need find one; what is left is sent by the next.
  expect(sent.some(Boolean)).toBe(true)
  await sendRefunds(ctx, provider)
  expect(provider.refunds.size).toBe(6)
  expect(await statesOf('refund')).toEqual(many(6, () => 'succeeded'))
  await mustBeSound()
})

test('of 8 retries of one failed refund at once, one is made', async () => {
  const { targets } = await givenFired(1)
  await Promise.all(targets.map(lose))
  provider.refundFate = 'declined'
  await sendRefunds(ctx, provider)
  const failed = await clone.db.selectFrom('refund').select('id').executeTakeFirstOrThrow()
  const people = await Promise.all(many(AT_ONCE, () => givenStaff(ctx, 'finance')))
  const { done, errors } = await outcomes(
    people.map((who) => retryRefund(who, { refundId: failed.id, note: 'again' })),
  )
  expect(done).toBe(1)
  for (const error of errors) expect(error).toMatchObject({ code: 'refund_not_retryable' })
  await mustBeSound()
})

test('disputes that come while refunds are sent stop them or follow them, without a deadlock', async () => {
  const { targets } = await givenFired(6)
  await Promise.all(targets.map(lose))
  const opened = [...provider.intents.keys()].map((id) => provider.openDispute(id))
  const reported = opened.flatMap((id) => provider.disputes.get(id) ?? [])
  await Promise.all([
    ...reported.map((dispute) => applyDispute(ctx, 'sandbox', dispute)),
    ...many(AT_ONCE, () => sendRefund(ctx, provider)),
  ])
  const rows = await clone.db
    .selectFrom('refund')
    .innerJoin('payment', 'payment.id', 'refund.payment_id')
    .select(['refund.state', 'payment.state as payment'])
    .execute()
  expect(rows.filter(({ payment }) => payment === 'disputed')).toHaveLength(6)
  const sent = rows.filter(({ state }) => state === 'succeeded')
  expect(provider.refunds.size).toBe(sent.length)
  expect(rows.every(({ state }) => state === 'succeeded' || state === 'approved')).toBe(true)
  await mustBeSound()
})

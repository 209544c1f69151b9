import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTopUp } from '../../src/accounts/top-up.ts'
import { placeBackorder } from '../../src/backorders/place.ts'
import type { AccountContext, Context, StaffContext } from '../../src/context.ts'
import { proveInvariants } from '../../src/invariants.ts'
import { completeRefund } from '../../src/refunds/complete.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { refundedMinor } from '../../src/refunds/read.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { dropConstraint } from '../constraints/catalog.ts'
import { lookAndApprove } from '../support/approve.ts'
import { ask, pay } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { givenDecided } from '../support/held.ts'
import { paymentOf } from '../support/payment-of.ts'
import { carryOut, quoteAndOrder } from '../support/renewals.ts'
import {
  contextOf,
  givenAccount,
  givenListings,
  givenStaff,
  PRICE_MINOR,
  RENEWAL_MINOR,
} from '../support/world.ts'

/** What two people do to one payment, and a person and a customer to one balance, each on a connection of their own. */
const AT_ONCE = 8

let clone: Clone
let ctx: Context
let buyer: AccountContext
let backorderId: string
let ann: StaffContext
let bob: StaffContext

beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: AT_ONCE + 4 })
  ctx = contextOf(clone.db)
  ;({ buyer, backorderId } = await givenDecided(ctx, 'registered'))
  ann = await givenStaff(ctx, 'finance')
  bob = await givenStaff(ctx, 'finance_approver')
})

afterEach(() => clone.drop())

const manual = { reasonCode: 'goodwill', note: 'sorry' } as const

async function topUp(who: AccountContext, amountMinor: bigint): Promise<string> {
  const provider = new FakeProvider()
  const paymentId = await openTopUp(who, amountMinor)
  await pay(ctx, provider, await ask(ctx, provider, paymentId))
  return paymentId
}

async function renew(): Promise<string> {
  const { id } = await quoteAndOrder(buyer, backorderId)
  await carryOut(ctx, 'renewed')
  return paymentOf(ctx, id)
}

async function refusalsOf(works: readonly Promise<unknown>[]): Promise<readonly unknown[]> {
  const results = await Promise.allSettled(works)
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
}

test.each([
  ['a renewal', renew, RENEWAL_MINOR],
  ['a top-up', () => topUp(buyer, RENEWAL_MINOR), RENEWAL_MINOR],
] as const)(
  'of 8 who refund %s at once, propose or do it alone, no more is taken than was paid',
  async (_, make, paid) => {
    const paymentId = await make()
    const amountMinor = paid / 3n
    const refund = { ...manual, paymentId, amountMinor }
    const refusals = await refusalsOf(
      Array.from({ length: AT_ONCE }, (_each, index) =>
        index % 2 === 0 ? proposeRefund(bob, refund) : completeRefund(ann, refund),
      ),
    )
    expect(refusals).toHaveLength(AT_ONCE - 3)
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'refund_exceeds_remaining' })
    expect(await refundedMinor(clone.db, paymentId)).toBe(3n * amountMinor)
    expect(await proveInvariants(bob)).toMatchObject({ holds: true })
  },
)

/** Accounts that have topped up one price by card, a free name for each, and a proposal to send the money back. */
async function givenRivals() {
  const names = Array.from({ length: AT_ONCE }, (_each, index) => `free-${index}.test`)
  await givenListings(ctx, { names })
  const rivals = []
  for (const name of names) {
    const customer = await givenAccount(ctx, { balanceMinor: 0n })
    const paymentId = await topUp(customer, PRICE_MINOR)
    const refundId = await proposeRefund(ann, { ...manual, paymentId, amountMinor: PRICE_MINOR })
    rivals.push({ name, customer, refundId })
  }
  return rivals
}

type Rivals = Awaited<ReturnType<typeof givenRivals>>

/** Each customer orders and each refund is approved in the same moment. How often both, and one, were done. */
async function orderWhileRefunding(rivals: Rivals) {
  const refusals = await Promise.all(
    rivals.map(({ name, customer, refundId }) =>
      refusalsOf([placeBackorder(customer, { name, payment: 'balance' }), lookAndApprove(bob, refundId)]),
    ),
  )
  return refusals
}

test('of an order and a refund of the top-up that would pay it, at once, one is done: nothing is spent twice', async () => {
  const refusals = await orderWhileRefunding(await givenRivals())
  for (const each of refusals) {
    expect(each).toHaveLength(1)
    expect(['insufficient_balance', 'refund_exceeds_balance']).toContain(codeOf(each[0]))
  }
  const { min } = await clone.db
    .selectFrom('account')
    .select((eb) => eb.fn.min('balance_minor').as('min'))
    .executeTakeFirstOrThrow()
  expect(min).toBe(0n)
  expect(await proveInvariants(bob)).toMatchObject({ holds: true })
})

test('without `balance_within_credit` both are done', async () => {
  const rivals = await givenRivals()
  await dropConstraint(clone.db, 'posting', 'balance_within_credit')
  expect(await orderWhileRefunding(rivals)).toEqual(rivals.map(() => []))
})

function codeOf(refusal: unknown): unknown {
  return refusal instanceof Error && 'code' in refusal ? refusal.code : undefined
}

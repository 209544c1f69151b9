import { setImmediate } from 'node:timers/promises'
import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { putBillingProfile } from '../../src/billing/profile.ts'
import { setSeller } from '../../src/billing/seller.ts'
import type { AccountContext } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { requestInvoice } from '../../src/invoices/issue.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { dropConstraint } from '../constraints/catalog.ts'
import { lookAndApprove } from '../support/approve.ts'
import { dropAll } from '../support/drop.ts'
import { BUYER, givenSuccesses, SELLER } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import { connectAll, countWaiting, untilAnswered } from '../support/waiting.ts'
import { contextOf, givenAccount, givenListings, givenRegistry, givenStaff } from '../support/world.ts'

const REQUESTS = 200

let clone: Clone
let buyer: AccountContext
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: REQUESTS })
  const ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  buyer = await givenAccount(ctx)
  await putBillingProfile(buyer, BUYER)
  await setSeller(ctx, SELLER)
})
afterEach(() => clone.drop())

async function request(backorderId: string): Promise<string> {
  const { invoice } = await untilAnswered(() => requestInvoice(buyer, { backorderId }))
  return invoice.number
}

async function sequences(db: Kysely<Database>): Promise<readonly number[]> {
  const rows = await db.selectFrom('invoice').select('sequence').orderBy('sequence').execute()
  return rows.map((row) => row.sequence)
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test(`of ${REQUESTS} invoices that are requested at once each has its number, without a gap and without a double`, async () => {
  const orders = await givenSuccesses(buyer, buyer, REQUESTS)
  await connectAll(clone.db, REQUESTS)
  const numbers = await Promise.all(orders.map(request))
  expect(new Set(numbers).size).toBe(REQUESTS)
  expect(await sequences(clone.db)).toEqual(upTo(REQUESTS))
})

test(`${REQUESTS} requests at once for one order get one invoice`, async () => {
  const [order = ''] = await givenSuccesses(buyer, buyer, 1)
  await connectAll(clone.db, REQUESTS)
  const numbers = await Promise.all(upTo(REQUESTS).map(() => request(order)))
  expect(new Set(numbers).size).toBe(1)
  expect(await sequences(clone.db)).toEqual([1])
})

test('a transaction that rolls back after it took a number leaves no gap', async () => {
  const [undone = '', next = ''] = await givenSuccesses(buyer, buyer, 2)
  await expect(
    clone.db.transaction().execute(async (tx) => {
      await requestInvoice({ ...buyer, db: tx }, { backorderId: undone })
      throw new Error('undone')
    }),
  ).rejects.toThrow('undone')
  await request(next)
  await request(undone)
  expect(await sequences(clone.db)).toEqual([1, 2])
})

/** An order that succeeded, a refund of it that was proposed, and who approves it. */
async function givenProposed() {
  await givenListings(buyer, { names: ['both.test'] })
  const { id: backorderId } = await placeBackorder(buyer, { name: 'both.test', payment: 'balance' })
  await dropAll(buyer, 'registered')
  const ann = await givenStaff(buyer, 'finance')
  const bob = await givenStaff(buyer, 'finance_approver')
  const paymentId = await paymentOf(buyer, backorderId)
  const proposal = { paymentId, amountMinor: 500n, reasonCode: 'goodwill', note: 'late' } as const
  return { backorderId, bob, refundId: await proposeRefund(ann, proposal) }
}

/** Does the first in a transaction that stays open until the second waits for it, or has not waited and is done. */
async function meanwhile(first: (db: Kysely<Database>) => Promise<unknown>, second: () => Promise<unknown>) {
  const outcomes: unknown[] = []
  let ended: Promise<number> | undefined
  await clone.db.transaction().execute(async (tx) => {
    await first(tx)
    ended = second().then(
      () => outcomes.push('done'),
      (error: unknown) => outcomes.push(error),
    )
    while (outcomes.length === 0 && (await countWaiting(clone.db)) === 0) await setImmediate()
  })
  await ended
  expect(outcomes).toEqual(['done'])
}

async function creditedRefunds(): Promise<readonly (string | null)[]> {
  const rows = await clone.db
    .selectFrom('invoice')
    .select('refund_id')
    .where('kind', '=', 'credit_note')
    .execute()
  return rows.map((row) => row.refund_id)
}

test('an invoice requested while its order is being refunded comes with the credit note', async () => {
  const { backorderId, bob, refundId } = await givenProposed()
  await meanwhile(
    (db) => lookAndApprove({ ...bob, db }, refundId),
    () => requestInvoice(buyer, { backorderId }),
  )
  expect(await creditedRefunds()).toEqual([refundId])
})

test('an order refunded while its invoice is being issued gets the credit note', async () => {
  const { backorderId, bob, refundId } = await givenProposed()
  await meanwhile(
    (db) => requestInvoice({ ...buyer, db }, { backorderId }),
    () => lookAndApprove(bob, refundId),
  )
  expect(await creditedRefunds()).toEqual([refundId])
})

/** What a careless caller would do: read the last number, then insert with the next, and lock nothing. */
async function issueNaively(backorderId: string, waitForAll: () => Promise<void>): Promise<void> {
  await clone.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ last: number }>`select last_sequence as last from invoice_series`.execute(tx)
    await waitForAll()
    const sequence = (rows[0]?.last ?? 0) + 1
    await sql`
      insert into invoice (id, kind, mode, year, sequence, number, issued_at, account_id, backorder_id,
        buyer_name, buyer_address, buyer_country, buyer_email, seller_name, seller_address, seller_country, service, name, name_unicode,
        years, service_from, service_to, currency, gross_minor, net_minor, tax_minor, tax_basis_points)
      select gen_random_uuid(), kind, mode, year, ${sequence}::integer, prefix || lpad(${sequence}::text, 6, '0'), clock_timestamp(),
        backorder.account_id, backorder.id, 'b', 'b', 'DE', 'b', 's', 's', 'IE', 'registration', name, name, 1, now(), now() + interval '1 year',
        currency, price_minor, price_minor, 0, 0
      from invoice_series, backorder where backorder.id = ${backorderId}`.execute(tx)
  })
}

async function issueAllNaively(count: number): Promise<readonly PromiseSettledResult<void>[]> {
  const [first = '', ...orders] = await givenSuccesses(buyer, buyer, count + 1)
  await request(first)
  let waiting = 0
  const { promise: all, resolve } = Promise.withResolvers<void>()
  const waitForAll = async () => {
    waiting += 1
    if (waiting === count) resolve()
    await all
  }
  return Promise.allSettled(orders.map((order) => issueNaively(order, waitForAll)))
}

test('without the lock one of many gets the next number, the others are refused, and there is no duplicate', async () => {
  const results = await issueAllNaively(20)
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  expect(await sequences(clone.db)).toEqual([1, 2])
})

test('without lock, trigger and index all of them have the same number: the test can fail', async () => {
  await dropConstraint(clone.db, 'invoice', 'invoice_number_follows')
  await dropConstraint(clone.db, 'invoice', 'invoice_number_unique')
  const results = await issueAllNaively(20)
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(20)
  expect(new Set(await sequences(clone.db)).size).toBe(1)
})

import { type Kysely, sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeBackorder } from '../../src/backorders/place.ts'
import { putBillingProfile } from '../../src/billing/put-profile.ts'
import { setSeller } from '../../src/billing/set-seller.ts'
import type { AccountContext } from '../../src/context.ts'
import type { Database } from '../../src/database/tables.gen.ts'
import { requestInvoice } from '../../src/invoices/request.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { dropKeeper } from '../promises/catalog.ts'
import { lookAndApprove } from '../support/approve.ts'
import { dropAll } from '../support/drop.ts'
import { BUYER, givenSuccesses, SELLER } from '../support/invoices.ts'
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

/** "Try again" is no answer to count: whoever hears it asks again, as a client does. */
async function request(backorderId: string): Promise<string> {
  for (;;) {
    const answer = await requestInvoice(buyer, { backorderId }).catch((error: unknown) => error)
    if (answer instanceof Error && 'code' in answer && answer.code === 'try_again') continue
    if (answer instanceof Error) throw answer
    return (answer as Awaited<ReturnType<typeof requestInvoice>>).invoice.number
  }
}

async function sequences(db: Kysely<Database>): Promise<readonly number[]> {
  const rows = await db.selectFrom('invoice').select('sequence').orderBy('sequence').execute()
  return rows.map((row) => row.sequence)
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test(`of ${REQUESTS} invoices that are requested at once each has its number, without a gap and without a double`, async () => {
  const orders = await givenSuccesses(buyer, buyer, REQUESTS)
  const numbers = await Promise.all(orders.map(request))
  expect(new Set(numbers).size).toBe(REQUESTS)
  expect(await sequences(clone.db)).toEqual(upTo(REQUESTS))
})

test(`${REQUESTS} requests at once for one order get one invoice`, async () => {
  const [order = ''] = await givenSuccesses(buyer, buyer, 1)
  const numbers = await Promise.all(upTo(REQUESTS).map(() => request(order)))
  expect(new Set(numbers).size).toBe(1)
  expect(await sequences(clone.db)).toEqual([1])
})

test('a transaction that is undone after it took a number leaves no gap', async () => {
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

test('an invoice that is requested while its order is refunded has one credit note, whichever comes first', async () => {
  const names = upTo(20).map((n) => `both-${n}.test`)
  await givenListings(buyer, { names })
  for (const name of names) await placeBackorder(buyer, { name, payment: 'balance' })
  await dropAll(buyer, 'registered')
  const ann = await givenStaff(buyer, 'finance')
  const bob = await givenStaff(buyer, 'finance_approver')
  const orders = await clone.db.selectFrom('backorder').select('id').execute()
  const refunds = await Promise.all(
    orders.map(({ id: backorderId }) =>
      proposeRefund(ann, { backorderId, amountMinor: 500n, reasonCode: 'goodwill', note: 'late' }),
    ),
  )
  await Promise.all([...orders.map(({ id }) => request(id)), ...refunds.map((id) => lookAndApprove(bob, id))])
  const issued = await clone.db.selectFrom('invoice').select(['kind', 'refund_id']).execute()
  const credited = issued.flatMap(({ refund_id: id }) => (id === null ? [] : [id]))
  expect(credited.toSorted()).toEqual(refunds.toSorted())
  expect(issued.filter(({ kind }) => kind === 'invoice')).toHaveLength(20)
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

test('without the lock one of many gets the next number, the others are refused, and there is no double', async () => {
  const results = await issueAllNaively(20)
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
  expect(await sequences(clone.db)).toEqual([1, 2])
})

test('without lock, trigger and index all of them have the same number: the test can fail', async () => {
  await dropKeeper(clone.db, 'invoice', 'invoice_number_follows')
  await dropKeeper(clone.db, 'invoice', 'invoice_number_unique')
  const results = await issueAllNaively(20)
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(20)
  expect(new Set(await sequences(clone.db)).size).toBe(1)
})

import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTopUp } from '../../src/accounts/top-up.ts'
import type { AccountContext, Context } from '../../src/context.ts'
import { offerPayment } from '../../src/payments/offer.ts'
import { type Clone, cloneDatabase } from '../../src/testing/clone-database.ts'
import { dropConstraint } from '../constraints/catalog.ts'
import { ask, hold, pay } from '../support/cards.ts'
import { FakeProvider } from '../support/fake-provider.ts'
import { contextOf, givenAccount, givenListings, givenRegistry } from '../support/world.ts'

const AT_ONCE = 12
const OPEN_MAX = 5
const refused = { code: 'payment_limit_reached' }

let clone: Clone
let ctx: Context
let buyer: AccountContext
beforeEach(async () => {
  clone = await cloneDatabase({ connectionsMax: AT_ONCE + 2 })
  ctx = contextOf(clone.db)
  await givenRegistry(ctx)
  await givenListings(ctx, { names: ['a.test', 'b.test'] })
  buyer = await givenAccount(ctx, { balanceMinor: 0n })
  await clone.db.updateTable('account').set({ open_payments_max: OPEN_MAX }).execute()
})
afterEach(() => clone.drop())

async function openAtOnce(): Promise<readonly unknown[]> {
  const works = Array.from({ length: AT_ONCE }, (_, index) =>
    index % 2 === 0 ? openTopUp(buyer, 5_000n) : offerPayment(buyer, index % 4 === 1 ? 'a.test' : 'b.test'),
  )
  const results = await Promise.allSettled(works)
  return results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
}

async function openAll(): Promise<readonly string[]> {
  const ids: string[] = []
  for (let opened = 0; opened < OPEN_MAX; opened += 1) ids.push(await openTopUp(buyer, 5_000n))
  await expect(openTopUp(buyer, 5_000n)).rejects.toMatchObject(refused)
  return ids
}

test(`of ${AT_ONCE} top-ups and payments without a hold at once by an account that may open ${OPEN_MAX}, ${OPEN_MAX} are opened`, async () => {
  const refusals = await openAtOnce()
  expect(refusals).toHaveLength(AT_ONCE - OPEN_MAX)
  for (const refusal of refusals) expect(refusal).toMatchObject(refused)
  const { rows } = await sql`select from payment where method = 'card'`.execute(clone.db)
  expect(rows).toHaveLength(OPEN_MAX)
})

test('without open_payments_within_limit all of them would be opened', async () => {
  await dropConstraint(clone.db, 'payment', 'open_payments_within_limit')
  expect(await openAtOnce()).toEqual([])
})

const set = (id: string, change: object) =>
  clone.db.updateTable('payment').set(change).where('id', '=', id).execute()

test('a payment that is paid, cancelled or overdue no longer counts, and a declined one does', async () => {
  const provider = new FakeProvider()
  const [paid = '', declined = '', late = '', canceled = ''] = await openAll()
  const opensOneMore = async () => {
    await openTopUp(buyer, 5_000n)
    await expect(openTopUp(buyer, 5_000n)).rejects.toMatchObject(refused)
  }
  await pay(ctx, provider, await ask(ctx, provider, paid))
  await opensOneMore()
  await set(declined, { state: 'failed' })
  await expect(openTopUp(buyer, 5_000n)).rejects.toMatchObject(refused)
  await set(late, { pay_by: new Date(Date.now() - 1_000) })
  await opensOneMore()
  await set(canceled, { state: 'canceled' })
  await opensOneMore()
})

test('payments of an order are bounded by the order, and do not keep others from paying', async () => {
  await openAll()
  await hold(buyer, new FakeProvider(), 'a.test')
  await openTopUp(await givenAccount(ctx), 5_000n)
})

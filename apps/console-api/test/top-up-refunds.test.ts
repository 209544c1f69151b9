import { PaymentDetail } from '@droplock/contracts/console/payment'
import { Refund } from '@droplock/contracts/console/refund'
import { setCreditLimit } from '@droplock/core/accounts/set-credit-limit'
import { openTopUp } from '@droplock/core/accounts/top-up'
import { placeBackorder } from '@droplock/core/backorders/place'
import { expect, test } from 'vitest'
import { ask, pay } from '../../../packages/core/test/support/cards.ts'
import { FakeProvider } from '../../../packages/core/test/support/fake-provider.ts'
import {
  givenAccount,
  givenListings,
  givenRegistry,
  givenStaff,
  PRICE_MINOR,
} from '../../../packages/core/test/support/world.ts'
import { expectBody, expectProblem } from './support/problem.ts'
import { givenPerson, type Person, useWorld } from './support/world.ts'

const world = useWorld()
const provider = new FakeProvider()
const price = { amount_minor: Number(PRICE_MINOR), currency: 'USD' }
const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

const propose = (who: Person, body: unknown) => who.send({ method: 'POST', path: '/api/refunds', body })
const complete = (who: Person, amount_minor: number, payment_id: string) =>
  who.send({
    method: 'POST',
    path: '/api/refunds/complete',
    body: { payment_id, amount_minor, reason_code: 'goodwill', note: 'sorry' },
  })

test('a refund of a top-up takes from the balance, and no more than that has by the rule', async () => {
  const { ctx } = world
  const finance = await givenPerson(world, 'finance')
  await givenRegistry(ctx)
  const customer = await givenAccount(ctx, { balanceMinor: 0n })
  const topUpId = await openTopUp(customer, 2n * PRICE_MINOR)
  await pay(ctx, provider, await ask(ctx, provider, topUpId))
  const twice = usd(2 * price.amount_minor)
  const read = async () =>
    expectBody(await finance.send({ path: `/api/payments/${topUpId}` }), 200, PaymentDetail)
  expect(await read()).toMatchObject({ refundable: twice, ruled_destination: 'original_payment' })
  const refund = await expectBody(await complete(finance, 900, topUpId), 201, Refund)
  expect(refund).toMatchObject({ purpose: 'top_up', state: 'approved', payment_id: topUpId })
  expect((await read()).refundable).toEqual(usd(twice.amount_minor - 900))
  await givenListings(ctx, { names: ['spent.test'] })
  const credit = { accountId: customer.actor.accountId, limitMinor: 100n, reason: 'known' }
  await setCreditLimit(await givenStaff(ctx, 'finance_approver'), credit)
  await placeBackorder(customer, { name: 'spent.test', payment: 'balance' })
  const left = price.amount_minor - 900
  await expectProblem(await complete(finance, left + 1, topUpId), 'refund_stays_on_balance')
  const onCredit = {
    payment_id: topUpId,
    destination: 'original_payment',
    reason_code: 'legal',
    note: 'a court',
  }
  const asked = await propose(finance, { ...onCredit, amount_minor: left + 101 })
  await expectProblem(asked, 'refund_exceeds_balance')
  const exception = await propose(finance, { ...onCredit, amount_minor: left + 100 })
  expect(await expectBody(exception, 201, Refund)).toMatchObject({ state: 'proposed', by_rule: false })
})

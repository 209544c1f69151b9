import { Balance } from '@droplock/contracts/gateway/get-balance'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })
const balance = (amount: number, inEscrow: number) => ({
  balance: usd(amount),
  credit_limit: usd(0),
  available: usd(amount),
  in_escrow: usd(inEscrow),
})

test('an order moves its price from the balance to escrow', async () => {
  await givenListings(world.ctx, ['paid.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
  const read = async () => Balance.parse(await (await world.send({ path: '/v1/balance', key })).json())
  expect(await read()).toEqual(balance(5_000, 0))
  await world.send(order('paid.test', key))
  expect(await read()).toEqual(balance(5_000 - priceMinor, priceMinor))
})

test('what is available is the balance and the credit together', async () => {
  const { key, accountId } = await givenCustomer(world.ctx, { balanceMinor: 1_000n })
  const { db } = world.ctx
  await db.updateTable('account').set({ credit_limit_minor: 300n }).where('id', '=', accountId).execute()
  const response = await world.send({ path: '/v1/balance', key })
  expect(await response.json()).toMatchObject({
    balance: usd(1_000),
    credit_limit: usd(300),
    available: usd(1_300),
  })
})

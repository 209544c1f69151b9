import { Balance } from '@droplock/contracts/gateway/get-balance'
import { expect, test } from 'vitest'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

test('an order moves its price from the balance to escrow', async () => {
  await givenListings(world.ctx, ['paid.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: 5_000n })
  const read = async () => Balance.parse(await (await world.send({ path: '/v1/balance', key })).json())
  expect(await read()).toEqual({ balance: usd(5_000), in_escrow: usd(0) })
  await world.send(order('paid.test', key))
  expect(await read()).toEqual({ balance: usd(5_000 - priceMinor), in_escrow: usd(priceMinor) })
})

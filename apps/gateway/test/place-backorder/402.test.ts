import { expect, test } from 'vitest'
import { refuses } from '../support/refuses.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('placeBackorder', 'insufficient_balance', 'an account that is one cent short', async () => {
  await givenListings(world.ctx, ['dear.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: BigInt(priceMinor - 1) })
  return world.send(order('dear.test', key))
})

test('a name that was refused for want of money is free for the next', async () => {
  await givenListings(world.ctx, ['free-again.test'])
  const [poor, rich] = [await givenCustomer(world.ctx, { balanceMinor: 0n }), await givenCustomer(world.ctx)]
  expect((await world.send(order('free-again.test', poor.key))).status).toBe(402)
  expect((await world.send(order('free-again.test', rich.key))).status).toBe(201)
})

import { expect, test } from 'vitest'
import { givenBilled, givenCaught, givenRenewal } from '../support/invoices.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

test('asking again for the invoice of a renewal gives the same one', async () => {
  const customer = await givenBilled(world)
  const renewalId = await givenRenewal(world, customer, await givenCaught(world, customer, 'renewed.test'))
  const ask = { method: 'POST', path: `/v1/renewals/${renewalId}/invoice`, key: customer.key }
  const first = await world.send(ask)
  const second = await world.send(ask)
  expect(second.status).toBe(200)
  expect(await second.json()).toEqual(await first.json())
})

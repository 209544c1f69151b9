import { expect, test } from 'vitest'
import { givenBilled, givenCaught, requestInvoice } from '../support/invoices.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

test('asking again gives the same invoice, word for word', async () => {
  const customer = await givenBilled(world)
  const backorderId = await givenCaught(world, customer, 'again.test')
  const first = await requestInvoice(world.send, customer, backorderId)
  const second = await requestInvoice(world.send, customer, backorderId)
  expect(second.status).toBe(200)
  expect(await second.json()).toEqual(await first.json())
})

import { Invoice } from '@droplock/contracts/gateway/invoice'
import { expect, test } from 'vitest'
import { givenInvoice, refund } from '../support/invoices.ts'
import { wellFormed } from '../support/requests.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

test('an invoice stays as it was issued, whatever the profile says later and whatever is refunded', async () => {
  const { key, path, backorderId } = await givenInvoice(world, 'kept.test')
  const before = Invoice.parse(await (await world.send({ path, key })).json())
  const body = { ...wellFormed.putBillingProfile.body, legal_name: 'Another Name' }
  await world.send({ ...wellFormed.putBillingProfile, body, key })
  await refund(world.ctx, backorderId, 500n)
  const response = await world.send({ path, key })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual(before)
})

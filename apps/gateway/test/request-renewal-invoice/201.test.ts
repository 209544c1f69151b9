import { Invoice } from '@droplock/contracts/gateway/invoice'
import { expect, test } from 'vitest'
import { givenBilled, givenCaught, givenRenewal } from '../support/invoices.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

test('the invoice of a renewal tells its years and from when to when', async () => {
  const customer = await givenBilled(world)
  const renewalId = await givenRenewal(world, customer, await givenCaught(world, customer, 'renewed.test'))
  const path = `/v1/renewals/${renewalId}/invoice`
  const response = await world.send({ method: 'POST', path, key: customer.key })
  expect(response.status).toBe(201)
  const invoice = Invoice.parse(await response.json())
  expect(response.headers.get('Location')).toBe(`/v1/invoices/${invoice.id}`)
  expect(invoice).toMatchObject({
    kind: 'invoice',
    renewal_id: renewalId,
    line: { of: 'renewal', name: 'renewed.test', years: 2 },
  })
  const { service_from: from, service_to: to } = invoice.line
  expect(Number(to.slice(0, 4)) - Number(from.slice(0, 4))).toBe(2)
  expect(invoice).not.toHaveProperty('backorder_id')
})

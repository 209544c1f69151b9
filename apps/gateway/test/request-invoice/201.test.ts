import { Invoice } from '@droplock/contracts/gateway/invoice'
import { expect, test } from 'vitest'
import { crDate, givenBilled, givenCaught, requestInvoice } from '../support/invoices.ts'
import { someProfile } from '../support/requests.ts'
import { priceMinor, useWorld } from '../support/world.ts'

const world = useWorld()

test('the first request issues the invoice, with buyer, seller, name, year, tax and TEST in its number', async () => {
  const customer = await givenBilled(world)
  const backorderId = await givenCaught(world, customer, 'xn--mnchen-3ya.test')
  const response = await requestInvoice(world.send, customer, backorderId)
  expect(response.status).toBe(201)
  const invoice = Invoice.parse(await response.json())
  expect(response.headers.get('Location')).toBe(`/v1/invoices/${invoice.id}`)
  expect(invoice).toMatchObject({
    kind: 'invoice',
    number: `TEST-INV-${invoice.issued_at.slice(0, 4)}-000001`,
    backorder_id: backorderId,
    buyer: someProfile,
    seller: {
      legal_name: 'Droplock Test Ltd',
      address: ['1 Some Street'],
      country: 'IE',
      tax_id: 'IE1234567X',
    },
    line: {
      of: 'registration',
      name: 'xn--mnchen-3ya.test',
      name_unicode: 'münchen.test',
      years: 1,
      service_from: crDate.toISOString(),
      service_to: '2027-02-15T13:00:00.123Z',
    },
    gross: { amount_minor: priceMinor, currency: 'USD' },
    net: { amount_minor: 1_545 },
    tax: { amount_minor: 355 },
    tax_basis_points: 2_300,
  })
  expect(invoice).not.toHaveProperty('credits')
  expect(invoice).not.toHaveProperty('renewal_id')
})

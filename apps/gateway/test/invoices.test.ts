import { expect } from 'vitest'
import { Invoice, InvoicePage } from '../src/resources/invoices.ts'
import { sendUnreached, someKey } from './support/app.ts'
import {
  crDate,
  givenBilled,
  givenCaught,
  givenInvoice,
  givenRenewal,
  refund,
  requestInvoice,
} from './support/invoices.ts'
import { answers, refuses } from './support/refuses.ts'
import { order, someId, someProfile, wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()

answers('requestInvoice', 200, 'asking again gives the same invoice, word for word', async () => {
  const customer = await givenBilled(world)
  const backorderId = await givenCaught(world, customer, 'again.test')
  const first = await requestInvoice(world.send, customer, backorderId)
  const second = await requestInvoice(world.send, customer, backorderId)
  expect(second.status).toBe(200)
  expect(await second.json()).toEqual(await first.json())
})

answers(
  'requestInvoice',
  201,
  'the first request issues the invoice, with buyer, seller, name, year, tax and TEST in its number',
  async () => {
    const customer = await givenBilled(world)
    const backorderId = await givenCaught(world, customer, 'xn--mnchen-3ya.test')
    const response = await requestInvoice(world.send, customer, backorderId)
    expect(response.status).toBe(201)
    const invoice = Invoice.parse(await response.json())
    expect(response.headers.get('Location')).toBe(`/v1/invoices/${invoice.id}`)
    expect(invoice).toMatchObject({
      kind: 'invoice',
      number: expect.stringMatching(`^TEST-INV-${invoice.issued_at.slice(0, 4)}-\\d{6}$`),
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
  },
)

refuses('requestInvoice', 'backorder_not_found', 'an id that nobody has', async () =>
  requestInvoice(world.send, await givenBilled(world), someId),
)

refuses('requestInvoice', 'backorder_not_found', 'the backorder of another account', async () => {
  const theirs = await givenCaught(world, await givenBilled(world), 'theirs.test')
  return requestInvoice(world.send, await givenBilled(world), theirs)
})

refuses('requestInvoice', 'invoice_not_available', 'a backorder whose drop is still to come', async () => {
  const customer = await givenBilled(world)
  await givenListings(world.ctx, ['waiting.test'])
  const placed = await world.send(order('waiting.test', customer.key))
  return world.send({
    method: 'POST',
    path: `${placed.headers.get('Location')}/invoice`,
    key: customer.key,
  })
})

refuses(
  'requestInvoice',
  'billing_profile_missing',
  'an account that has not said whom it is for',
  async () => {
    const customer = await givenCustomer(world.ctx)
    return requestInvoice(world.send, customer, await givenCaught(world, customer, 'nobody.test'))
  },
)

refuses('requestInvoice', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/backorders/17/invoice', key: someKey }),
)

answers(
  'requestRenewalInvoice',
  200,
  'asking again for the invoice of a renewal gives the same one',
  async () => {
    const customer = await givenBilled(world)
    const renewalId = await givenRenewal(world, customer, await givenCaught(world, customer, 'renewed.test'))
    const ask = { method: 'POST', path: `/v1/renewals/${renewalId}/invoice`, key: customer.key }
    const first = await world.send(ask)
    const second = await world.send(ask)
    expect(second.status).toBe(200)
    expect(await second.json()).toEqual(await first.json())
  },
)

answers('requestRenewalInvoice', 201, 'the invoice of a renewal shows its years and its period', async () => {
  const customer = await givenBilled(world)
  const renewalId = await givenRenewal(world, customer, await givenCaught(world, customer, 'renewed-2.test'))
  const path = `/v1/renewals/${renewalId}/invoice`
  const response = await world.send({ method: 'POST', path, key: customer.key })
  expect(response.status).toBe(201)
  const invoice = Invoice.parse(await response.json())
  expect(response.headers.get('Location')).toBe(`/v1/invoices/${invoice.id}`)
  expect(invoice).toMatchObject({
    kind: 'invoice',
    renewal_id: renewalId,
    line: { of: 'renewal', name: 'renewed-2.test', years: 2 },
  })
  const { service_from: from, service_to: to } = invoice.line
  expect(Number(to.slice(0, 4)) - Number(from.slice(0, 4))).toBe(2)
  expect(invoice).not.toHaveProperty('backorder_id')
})

refuses('requestRenewalInvoice', 'renewal_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.requestRenewalInvoice, key })
})

refuses(
  'requestRenewalInvoice',
  'billing_profile_missing',
  'an account without a billing profile',
  async () => {
    const customer = await givenCustomer(world.ctx)
    const id = await givenRenewal(world, customer, await givenCaught(world, customer, 'nobody-2.test'))
    return world.send({ method: 'POST', path: `/v1/renewals/${id}/invoice`, key: customer.key })
  },
)

refuses(
  'requestRenewalInvoice',
  'invoice_not_available',
  'a renewal that is not carried out yet',
  async () => {
    const customer = await givenBilled(world)
    const backorderId = await givenCaught(world, customer, 'waiting-2.test')
    const id = await givenRenewal(world, customer, backorderId, { waits: true })
    return world.send({ method: 'POST', path: `/v1/renewals/${id}/invoice`, key: customer.key })
  },
)

refuses('requestRenewalInvoice', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'POST', path: '/v1/renewals/17/invoice', key: someKey }),
)

answers(
  'listInvoices',
  200,
  'invoices and credit notes are listed newest first, page by page, and a credit note names its invoice',
  async () => {
    const { key, path, backorderId } = await givenInvoice(world, 'listed.test')
    const refundId = await refund(world.ctx, backorderId, 500n)
    const list = async (query: string) =>
      InvoicePage.parse(await (await world.send({ path: `/v1/invoices${query}`, key })).json())
    const { items } = await list('')
    const invoiceId = path.split('/').at(-1)
    expect(items).toMatchObject([
      {
        kind: 'credit_note',
        credits: { invoice_id: invoiceId, number: items[1]?.number, refund_id: refundId },
        gross: { amount_minor: 500, currency: 'USD' },
      },
      { id: invoiceId, kind: 'invoice' },
    ])
    const first = await list('?limit=1')
    const second = await list(`?limit=1&cursor=${first.next}`)
    expect([...first.items, ...second.items]).toEqual(items)
    expect(second.next).toBeUndefined()
    expect((await list(`?backorder_id=${backorderId}`)).items).toEqual(items)
    expect((await list(`?backorder_id=${someId}`)).items).toEqual([])
    expect((await list(`?renewal_id=${someId}`)).items).toEqual([])
  },
)

refuses('listInvoices', 'invalid_request', 'a page of nothing', () =>
  sendUnreached({ path: '/v1/invoices?limit=0', key: someKey }),
)

refuses('listInvoices', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/invoices?cursor=${someId}`, key })
})

answers(
  'getInvoice',
  200,
  'an invoice stays as it was issued, whatever the profile says later and whatever is refunded',
  async () => {
    const { key, path, backorderId } = await givenInvoice(world, 'kept.test')
    const before = Invoice.parse(await (await world.send({ path, key })).json())
    const body = { ...wellFormed.putBillingProfile.body, legal_name: 'Another Name' }
    await world.send({ ...wellFormed.putBillingProfile, body, key, headers: { 'If-Match': '*' } })
    await refund(world.ctx, backorderId, 500n)
    const response = await world.send({ path, key })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(before)
  },
)

refuses('getInvoice', 'invoice_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getInvoice, key })
})

refuses('getInvoice', 'invoice_not_found', 'the invoice of another account', async () => {
  const { path } = await givenInvoice(world, 'theirs-2.test')
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path, key })
})

refuses('getInvoice', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/invoices/17', key: someKey }),
)

answers(
  'getInvoicePdf',
  200,
  'the PDF of an invoice is a file with its number for a name, and the same octets every time',
  async () => {
    const { key, path } = await givenInvoice(world, 'printed.test')
    const response = await world.send({ path: `${path}/pdf`, key })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment; filename="TEST-INV-\d{4}-\d{6}\.pdf"$/),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    const octets = Buffer.from(await response.arrayBuffer())
    expect(octets.subarray(0, 5).toString()).toBe('%PDF-')
    const again = await world.send({ path: `${path}/pdf`, key })
    expect(Buffer.from(await again.arrayBuffer()).equals(octets)).toBe(true)
  },
)

refuses('getInvoicePdf', 'invoice_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getInvoicePdf, key })
})

refuses('getInvoicePdf', 'invoice_not_found', 'the invoice of another account', async () => {
  const { path } = await givenInvoice(world, 'theirs-3.test')
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `${path}/pdf`, key })
})

refuses('getInvoicePdf', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/invoices/17/pdf', key: someKey }),
)

answers(
  'getInvoiceHtml',
  200,
  'the page of an invoice says what it says, runs nothing, and shows markup in a name as text',
  async () => {
    const customer = await givenBilled(world)
    const { key } = customer
    const body = { ...someProfile, legal_name: '<script>alert(1)</script>' }
    await world.send({ ...wellFormed.putBillingProfile, body, key, headers: { 'If-Match': '*' } })
    const backorderId = await givenCaught(world, customer, 'shown.test')
    const issued = await requestInvoice(world.send, customer, backorderId)
    const response = await world.send({ path: `${issued.headers.get('Location')}/html`, key })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': expect.stringMatching(/^inline; filename="TEST-INV-\d{4}-\d{6}\.html"$/),
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[^']+'; .*sandbox$/,
      ),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    const page = await response.text()
    expect(page).toContain('Registration of shown.test')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page).not.toContain('<script')
  },
)

refuses('getInvoiceHtml', 'invoice_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getInvoiceHtml, key })
})

refuses('getInvoiceHtml', 'invoice_not_found', 'the invoice of another account', async () => {
  const { path } = await givenInvoice(world, 'theirs-4.test')
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `${path}/html`, key })
})

refuses('getInvoiceHtml', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/invoices/17/html', key: someKey }),
)

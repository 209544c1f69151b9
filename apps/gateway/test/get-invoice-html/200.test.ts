import { expect, test } from 'vitest'
import { givenBilled, givenCaught, requestInvoice } from '../support/invoices.ts'
import { someProfile, wellFormed } from '../support/requests.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

test('the page of an invoice says what it says, runs nothing, and shows markup in a name as text', async () => {
  const customer = await givenBilled(world)
  const { key } = customer
  const body = { ...someProfile, legal_name: '<script>alert(1)</script>' }
  await world.send({ ...wellFormed.putBillingProfile, body, key })
  const backorderId = await givenCaught(world, customer, 'shown.test')
  const issued = await requestInvoice(world.send, customer, backorderId)
  const response = await world.send({ path: `${issued.headers.get('Location')}/html`, key })
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': expect.stringMatching(/^inline; filename="TEST-INV-\d{4}-000001\.html"$/),
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
})

import { expect, test } from 'vitest'
import { givenInvoice } from '../support/invoices.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

test('the PDF of an invoice is a file with its number for a name, and the same octets every time', async () => {
  const { key, path } = await givenInvoice(world, 'printed.test')
  const response = await world.send({ path: `${path}/pdf`, key })
  expect(response.status).toBe(200)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment; filename="TEST-INV-\d{4}-000001\.pdf"$/),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  const octets = Buffer.from(await response.arrayBuffer())
  expect(octets.subarray(0, 5).toString()).toBe('%PDF-')
  const again = await world.send({ path: `${path}/pdf`, key })
  expect(Buffer.from(await again.arrayBuffer()).equals(octets)).toBe(true)
})

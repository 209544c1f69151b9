import { InvoicePage } from '@droplock/contracts/gateway/list-invoices'
import { expect, test } from 'vitest'
import { givenInvoice, refund } from '../support/invoices.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

test('invoices and credit notes are listed newest first, page by page, and a credit note names its invoice', async () => {
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
})

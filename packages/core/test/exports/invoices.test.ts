import { expect, test } from 'vitest'
import { exportInvoices } from '../../src/exports/export-invoices.ts'
import { proposeRefund } from '../../src/refunds/propose.ts'
import { rolledBack } from '../../src/testing/rolled-back.ts'
import { lookAndApprove } from '../support/approve.ts'
import { givenInvoice } from '../support/invoices.ts'
import { paymentOf } from '../support/payment-of.ts'
import { contextOf, givenStaff } from '../support/world.ts'

test('the export has invoices and credit notes with their numbers, and credit notes are negative', () =>
  rolledBack(async (tx) => {
    const ctx = contextOf(tx)
    const { backorderId, invoice } = await givenInvoice(ctx)
    const finance = await givenStaff(ctx, 'finance')
    const refundId = await proposeRefund(finance, {
      paymentId: await paymentOf(ctx, backorderId),
      amountMinor: 500n,
      reasonCode: 'goodwill',
      note: 'sorry',
    })
    await lookAndApprove(await givenStaff(ctx, 'finance_approver'), refundId)
    let text = ''
    const period = { from: new Date(0), to: new Date('2100-01-01T00:00:00Z') }
    for await (const piece of exportInvoices(finance, period)) text += piece
    const [, first = '', second = '', ...more] = text.split('\r\n')
    expect(first).toContain(`,${invoice.number},invoice,live,`)
    expect(first).toContain(',19.00,USD,23,')
    expect(second).toContain(',credit_note,live,-')
    expect(second).toContain(',-5.00,USD,23,')
    expect(second).toContain(`,${invoice.number},`)
    expect(more).toEqual([''])
    const operator = await givenStaff(ctx, 'operator')
    expect(() => exportInvoices(operator, period)).toThrow(expect.objectContaining({ code: 'forbidden' }))
  }))

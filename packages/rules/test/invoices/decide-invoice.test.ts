import { expect, test } from 'vitest'
import { decideInvoice } from '../../src/invoices.ts'
import { backorderMachine } from '../../src/machines/backorder.ts'
import { statesOf } from '../../src/machines/machine.ts'

test('an invoice is for the billing profile of a success', () => {
  expect(decideInvoice('successful', 'a profile')).toBe('a profile')
  expect(() => decideInvoice('successful', undefined)).toThrow(
    expect.objectContaining({ code: 'billing_profile_missing' }),
  )
})

test.each(statesOf(backorderMachine).filter((state) => state !== 'successful'))(
  'an order that is %s has no invoice',
  (state) => {
    expect(() => decideInvoice(state, 'a profile')).toThrow(
      expect.objectContaining({ code: 'invoice_not_available', facts: { state } }),
    )
  },
)

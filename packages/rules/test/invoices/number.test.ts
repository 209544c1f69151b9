import { expect, test } from 'vitest'
import { invoiceNumber, seriesPrefix } from '../../src/invoices.ts'

test.each([
  ['invoice', 'live', 'INV-2026-000017'],
  ['credit_note', 'live', 'CN-2026-000017'],
  ['invoice', 'test', 'TEST-INV-2026-000017'],
  ['credit_note', 'test', 'TEST-CN-2026-000017'],
] as const)('the %s number of %s is %s', (kind, mode, number) => {
  expect(invoiceNumber(seriesPrefix({ kind, mode, year: 2026 }), 17)).toBe(number)
})

test('a number grows beyond its digits', () => {
  expect(invoiceNumber('INV-2026-', 1_234_567)).toBe('INV-2026-1234567')
})

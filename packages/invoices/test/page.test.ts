import { expect, test } from 'vitest'
import { composePage } from '../src/page.ts'
import { invoice } from './documents.ts'

test.each([
  ['USD', 'USD 12.34'],
  ['EUR', 'EUR 12.34'],
  ['CNY', 'CNY 12.34'],
  ['JPY', 'JPY 1,234'],
  ['KWD', 'KWD 1.234'],
])('1234 minor units of %s are %s', (currency, text) => {
  const { total } = composePage({ ...invoice, currency, grossMinor: 1_234n })
  expect(total.value.replace('\u00a0', ' ')).toBe(text)
})

test('an amount beyond 2^53 is exact', () => {
  const { total } = composePage({ ...invoice, grossMinor: 9_007_199_254_740_993_01n })
  expect(total.value).toContain('9,007,199,254,740,993.01')
})

test('several years are plural, a renewal is named as one, and an ASCII name appears once', () => {
  const line = {
    ...invoice.line,
    of: 'renewal',
    years: 3,
    name: 'a.example',
    nameUnicode: 'a.example',
  } as const
  const page = composePage({ ...invoice, line })
  expect(page.line.description).toBe('Renewal of a.example for 3\u00a0years')
  expect(page.line).not.toHaveProperty('ascii')
  const credit = composePage({ ...invoice, line, kind: 'credit_note' })
  expect(credit.line.description).toBe('Refund for the renewal of a.example for 3\u00a0years')
})

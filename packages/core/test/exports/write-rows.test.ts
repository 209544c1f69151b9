import { expect, test } from 'vitest'
import { toAmount, writeRows } from '../../src/exports/write.ts'

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])(
  'a text that begins like a formula is inert: %j',
  (text) => {
    expect(writeRows([[text]]).replaceAll('"', '')).toBe(`'${text}\r\n`)
  },
)

test('amounts keep their minus, and have the decimals of their currency', () => {
  const row = [toAmount(-1_234n, 'USD'), toAmount(-5n, 'EUR'), toAmount(1_200n, 'JPY'), -7]
  expect(writeRows([row])).toBe('-12.34,-0.05,1200,-7\r\n')
})

test('quotes, commas, line ends and other scripts survive; null is empty', () => {
  const row = ['a "b", c', 'two\nlines', '域名', null, new Date('2026-11-24T12:00:00.123Z')]
  expect(writeRows([row])).toBe('"a ""b"", c","two\nlines",域名,,2026-11-24T12:00:00.123Z\r\n')
})

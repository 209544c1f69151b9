import { expect, test } from 'vitest'
import { decideSellerMode } from '../../src/invoices.ts'

test.each([
  [undefined, 'live', false],
  [undefined, 'live', true],
  ['live', 'live', true],
  ['test', 'live', false],
] as const)('a seller of %s becomes one of %s (issued: %s)', (before, after, hasIssued) => {
  expect(() => decideSellerMode({ before, after, hasIssued })).not.toThrow()
})

test.each([
  ['test', 'live'],
  ['live', 'test'],
] as const)('where %s was issued the seller never becomes one of %s', (before, after) => {
  expect(() => decideSellerMode({ before, after, hasIssued: true })).toThrow(
    expect.objectContaining({ code: 'seller_mode_is_final', facts: { mode: before } }),
  )
})

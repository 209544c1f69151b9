import { expect, test } from 'vitest'
import { isScope, scopes } from '../../src/accounts.ts'

test('the scopes of a key are these six, and no other text is one', () => {
  expect(scopes).toEqual([
    'listings:read',
    'backorders:read',
    'backorders:write',
    'balance:read',
    'invoices:read',
    'invoices:write',
  ])
  expect(scopes.every(isScope)).toBe(true)
  for (const text of ['', 'listings', 'listings:write', 'LISTINGS:READ', 'constructor']) {
    expect(isScope(text)).toBe(false)
  }
})

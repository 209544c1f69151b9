import { expect, test } from 'vitest'
import { isScope, scopes } from '../../src/accounts/scopes.ts'

test('the scopes of a key are these four, and no other text is one', () => {
  expect(scopes).toEqual(['listings:read', 'backorders:read', 'backorders:write', 'balance:read'])
  expect(scopes.every(isScope)).toBe(true)
  for (const text of ['', 'listings', 'listings:write', 'LISTINGS:READ', 'constructor']) {
    expect(isScope(text)).toBe(false)
  }
})

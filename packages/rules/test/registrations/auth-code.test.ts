import { expect, test } from 'vitest'
import { writeAuthCode } from '../../src/registrations/auth-code.ts'

const bytes = (fill: number) => new Uint8Array(32).fill(fill)

test('an auth code has letters and digits that any form accepts, and the kinds of characters that registries demand', () => {
  for (const fill of [0, 1, 127, 255]) expect(writeAuthCode(bytes(fill))).toMatch(/^[0-9A-Za-z]{22}-Aa1$/)
})

test('different random bytes give different codes', () => {
  const changed = bytes(7)
  changed[31] = 8
  expect(writeAuthCode(changed)).not.toBe(writeAuthCode(bytes(7)))
})

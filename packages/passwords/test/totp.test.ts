import { expect, test } from 'vitest'
import { describeTotp, newTotpSecret, totpCode, totpSecretOf, totpStepOf } from '../src/totp.ts'

const at = (seconds: number) => new Date(seconds * 1_000)

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i the code is that of RFC 6238 appendix B, with six digits', (seconds, code) => {
  const secret = Buffer.from('12345678901234567890')
  expect(totpCode(secret, at(seconds))).toBe(code)
  expect(totpStepOf(secret, code, at(seconds))).toBe(Math.floor(seconds / 30))
})

test('a code is right one step before and after its own, and not two', () => {
  const secret = newTotpSecret()
  const code = totpCode(secret, at(3_000))
  const steps = [2_940, 2_970, 3_000, 3_030, 3_060].map((seconds) => totpStepOf(secret, code, at(seconds)))
  expect(steps).toEqual([undefined, 100, 100, 100, undefined])
})

test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('%j is no code', (code) => {
  expect(totpStepOf(newTotpSecret(), code, at(0))).toBeUndefined()
})

test('an app is given the key as text, and in an address with the issuer', () => {
  const secret = newTotpSecret()
  const { key, uri } = describeTotp(secret, 'ann@example.test')
  expect(Buffer.from(totpSecretOf(key))).toEqual(secret)
  expect(uri).toBe(
    `otpauth://totp/Droplock:ann%40example.test?issuer=Droplock&secret=${key}&algorithm=SHA1&digits=6&period=30`,
  )
})

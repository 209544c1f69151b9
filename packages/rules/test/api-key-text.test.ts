import { crc32 } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { API_KEY_OCTETS, apiKeyText, judgeApiKeyText, modeOfApiKey } from '../src/api-key-text.ts'

const octets = fc.uint8Array({ minLength: API_KEY_OCTETS, maxLength: API_KEY_OCTETS })
const mode = fc.constantFrom('live', 'test')
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const numberOf = (text: string) =>
  [...text].reduce((sum, digit) => sum * 62n + BigInt(digits.indexOf(digit)), 0n)

test('a key is its prefix, its octets in base62 and the CRC-32 of both, as zlib has it', () => {
  fc.assert(
    fc.property(mode, octets, (of, random) => {
      const key = apiKeyText(of, random)
      const [, rest = '', secret = '', checksum = ''] =
        /^(dlk_(?:test|live)_([0-9A-Za-z]{43}))([0-9A-Za-z]{6})$/.exec(key) ?? []
      expect(numberOf(secret)).toBe(BigInt(`0x${Buffer.from(random).toString('hex')}`))
      expect(numberOf(checksum)).toBe(BigInt(crc32(rest)))
      expect([judgeApiKeyText(key), modeOfApiKey(key)]).toEqual(['checked', of])
    }),
  )
})

test('a key with one wrong character is no key', () => {
  fc.assert(
    fc.property(mode, octets, fc.nat(48), fc.nat(61), (of, random, place, digit) => {
      const key = apiKeyText(of, random)
      const at = 'dlk_test_'.length + place
      const other = key.slice(0, at) + digits.charAt(digit) + key.slice(at + 1)
      fc.pre(other !== key)
      expect(judgeApiKeyText(other)).toBe('no_key')
    }),
  )
})

test('the prefix counts: the secret of a test key is no live key', () => {
  const key = apiKeyText('test', new Uint8Array(API_KEY_OCTETS).fill(7))
  expect(judgeApiKeyText(key.replace('test', 'live'))).toBe('no_key')
})

test('keys that were issued without a checksum are keys still', () => {
  for (const key of [
    `dlk_live_${Buffer.alloc(32, 5).toString('base64url')}`,
    'dlk_test_demo-anchor-names-usd-0000000001',
    'dlk_test_01985f3a-7c4e-7d10-8a52-3b1f0c9d2e44',
  ])
    expect(judgeApiKeyText(key)).toBe('unchecked')
})

test('other text is no key', () => {
  for (const text of [
    '',
    'dlk_test_',
    'dlk_prod_0000000000000000000000000',
    'Bearer x',
    `dlk_test_${'k'.repeat(101)}`,
  ])
    expect(judgeApiKeyText(text)).toBe('no_key')
})

test('a key has neither fewer nor more random octets', () => {
  for (const length of [0, 31, 33])
    expect(() => apiKeyText('test', new Uint8Array(length))).toThrow(RangeError)
})

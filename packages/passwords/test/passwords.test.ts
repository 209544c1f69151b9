import { expect, test } from 'vitest'
import { argon2id, hashPassword, verifyPassword } from '../src/passwords.ts'

test('a password matches its hash, another does not', async () => {
  const hash = await hashPassword('correct horse')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await verifyPassword(hash, 'correct horse')).toBe(true)
  expect(await verifyPassword(hash, 'correct horsE')).toBe(false)
  expect(await verifyPassword(hash, '')).toBe(false)
})

test('the same password has a different hash each time', async () => {
  expect(await hashPassword('x')).not.toBe(await hashPassword('x'))
})

test('a password matches however its letters are composed', async () => {
  expect(await verifyPassword(await hashPassword('caf\u00e9'), 'cafe\u0301')).toBe(true)
})

test('the tag is that of the reference implementation', async () => {
  // From the tests of the reference implementation, version 0x13.
  const tag = await argon2id('password', Buffer.from('somesalt'), { memoryKib: 256, passes: 2, lanes: 1 }, 32)
  expect(tag.toString('hex')).toBe('9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe')
})

test.each([
  ['no hash', 'secret'],
  [
    'another function',
    '$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
  ],
  [
    'a hash that would take gigabytes',
    '$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
  ],
])('%s is an error, never a match', async (_, hash) => {
  await expect(verifyPassword(hash, 'secret')).rejects.toThrow('not one of ours')
})

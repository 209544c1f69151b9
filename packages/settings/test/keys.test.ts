import { expect, test } from 'vitest'
import { z } from 'zod'
import { keyList } from '../src/keys.ts'
import { BadConfig, readSettings } from '../src/values.ts'

const ONE = 'a'.repeat(32)
const OTHER = 'b'.repeat(40)

const read = (text: string) => readSettings('app', z.object({ KEY: keyList }), { KEY: text }).KEY

test.each([
  ['one key', ONE, [ONE]],
  ['several, the current one first', `${OTHER},${ONE}`, [OTHER, ONE]],
  ['spaces around a comma', ` ${OTHER} , ${ONE}\n`, [OTHER, ONE]],
])('a setting has %s', (_, text, keys) => {
  expect(read(text)).toEqual(keys)
})

test.each([
  ['a key that can be guessed', 'short'],
  ['a short one beside a long one', `${ONE},short`],
  ['nothing after a comma', `${ONE},`],
  ['a key twice', `${ONE},${ONE}`],
  ['nine keys', Array.from({ length: 9 }, (_, index) => `${ONE}${index}`).join()],
])('%s is refused in one line that shows no key', (_, text) => {
  expect(() => read(text)).toThrow(BadConfig)
  expect(() => read(text)).toThrow(/^app: KEY[^\n]*$/)
  expect(() => read(text)).not.toThrow(/aaaa|short/)
})

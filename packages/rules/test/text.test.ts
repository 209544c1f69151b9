import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWellFormed, toWellFormed } from '../src/text.ts'

test.each([
  ['NUL', 'a\0b'],
  ['a control', 'a\x07b'],
  ['escape', '\x1b[31m'],
  ['a lone high surrogate', 'a\ud800'],
  ['a lone low surrogate', '\udc00a'],
  ['surrogates the wrong way round', '\udc00\ud800'],
  ['two high surrogates before a low one', '\ud83d\ud83d\ude00'],
])('%s is not well-formed, and is replaced', (_, text) => {
  expect(isWellFormed(text)).toBe(false)
  expect(toWellFormed(text)).toContain('\ufffd')
  expect(isWellFormed(toWellFormed(text))).toBe(true)
})

test.each(['', 'plain', 'two\r\nlines\tand a tab', 'Zażółć gęślą jaźń', '😀', '\ufffd\ufeff\u2028'])(
  '%j is well-formed, and stays as it is',
  (text) => {
    expect(isWellFormed(text)).toBe(true)
    expect(toWellFormed(text)).toBe(text)
  },
)

test('well-formed text survives UTF-8 unchanged, and only ill-formed characters are replaced', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (whole, more) => {
      const halves = whole.slice(1) + more
      const made = toWellFormed(halves)
      expect(Buffer.from(made, 'utf8').toString('utf8')).toBe(made)
      expect(isWellFormed(halves)).toBe(made === halves)
      expect(made).toHaveLength(halves.length)
    }),
  )
})

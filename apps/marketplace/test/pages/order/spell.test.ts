import { expect, test } from 'vitest'
import { charactersOf, scriptOf, spell } from '../../../src/pages/order/spell.ts'

const written = (name: string) => spell(name).map((group) => group.map(({ character }) => character).join(''))

test('a name is spelled in groups of nearly equal size, with a dot at the beginning of a group', () => {
  expect(written('example.com')).toEqual(['exam', 'ple', '.com'])
  expect(written('a.co.uk')).toEqual(['a', '.co', '.uk'])
  expect(written('alpha')).toEqual(['alp', 'ha'])
})

/** The longest label of the DNS. Characters. */
const LABEL_MAX = 63

test('no character of a name is lost or moved, and no group is longer than what is compared at a glance', () => {
  for (let length = 1; length <= LABEL_MAX; length += 1) {
    const name = `${'abcdefghijklmnopqrstuvwxyz0123456789-'.repeat(2).slice(0, length)}.co.uk`
    const groups = written(name)
    expect(groups.join('')).toBe(name)
    expect(Math.max(...groups.map((group) => group.length))).toBeLessThanOrEqual(4)
  }
})

test('digits, hyphens and characters of other alphabets are not taken for letters', () => {
  expect(spell('b-2ü').flat()).toEqual([
    { character: 'b', kind: 'letter' },
    { character: '-', kind: 'hyphen' },
    { character: '2', kind: 'digit' },
    { character: 'ü', kind: 'other' },
  ])
  expect(charactersOf('0o-0.live', ['digit', 'hyphen'])).toEqual(['0', '-'])
})

test('what people see as one character is one, with its marks', () => {
  expect(spell('हिन्दी')[0]?.[0]?.character).toBe('हि')
})

test('a letter that looks Latin is of its own alphabet', () => {
  expect(scriptOf('а')).toBe('Cyrl')
  expect(scriptOf('a')).toBe('Latn')
  expect(scriptOf('中')).toBe('Hani')
  expect(scriptOf('☕')).toBeUndefined()
})

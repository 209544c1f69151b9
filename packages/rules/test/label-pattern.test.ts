import { describe, expect, test } from 'vitest'
import { readLabelPattern } from '../src/label-pattern.ts'

describe('the pattern of a short label', () => {
  test.each([
    ['CVCV', ['CVCV']],
    ['N', ['N']],
    ['LN', ['CN', 'VN']],
    ['LL', ['CC', 'CV', 'VC', 'VV']],
  ])('%s is one of kinds', (text, anyOf) => {
    expect(readLabelPattern(text)).toEqual({ of: 'kinds', anyOf })
  })

  test.each([
    ['A', 'A'],
    ['AAA', 'AAA'],
    ['AABB', 'AACC'],
    ['ABAB', 'ABAB'],
    ['ABBA', 'ABBA'],
    ['AABCBC', 'AACDCD'],
  ])('%s says which characters are the same', (text, stored) => {
    expect(readLabelPattern(text)).toEqual({ of: 'repeats', anyOf: [stored] })
  })

  test.each(['', 'cvcv', 'ACB', 'BA', 'AABBCCD', 'CVCVCVC', 'AV', 'C%', 'ABD'])('%s is none', (text) => {
    expect(readLabelPattern(text)).toBeUndefined()
  })

  test('any letter six times is 64 patterns', () => {
    expect(readLabelPattern('LLLLLL')?.anyOf).toHaveLength(64)
  })
})

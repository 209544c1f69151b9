import { expect, test } from 'vitest'
import { rangeOfMore, zonesText } from '../src/format/words.ts'

test('few zones are all named, the shortest first', () => {
  expect(zonesText([])).toBe('')
  expect(zonesText(['com.pl', 'pl'])).toBe('.pl, .com.pl')
  expect(zonesText(['d', 'c', 'b', 'a'])).toBe('.a, .b, .c, .d')
})

test('of many zones four are named and the others counted', () => {
  expect(zonesText(['com.pl', 'pl', 'net.pl', 'gov.pl', 'waw.pl'])).toBe(
    '.pl, .com.pl, .gov.pl, .net.pl and 1 other',
  )
  expect(zonesText(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('.a, .b, .c, .d and 2 others')
})

test('a total that is a bound is shown as one', () => {
  expect(rangeOfMore({ from: 9_976, to: 10_000, count: 10_000 })).toBe('9,976-10,000 of more than 10,000')
})

import { expect, test } from 'vitest'
import { unicodeName } from '../src/format/unicode-name.ts'

test.each([
  ['xn--bcher-kva.example', 'bücher.example'],
  ['xn--dka-9ma20d.pl', 'żółka.pl'],
  ['xn--fiqs8s.xn--fiqs8s', '中国.中国'],
  ['plain.xn--e1afmkfd', 'plain.пример'],
])('the A-label %s is shown in Unicode', (name) => {
  const unicode = unicodeName(name)
  // The platform maps the result back to the A-label.
  expect(unicode === undefined ? name : new URL(`http://${unicode}`).hostname).toBe(name)
})

test('an A-label is decoded to its letters', () => {
  expect(unicodeName('xn--bcher-kva.example')).toBe('bücher.example')
  expect(unicodeName('xn--fiqs8s.pl')).toBe('中国.pl')
})

test('a name without an A-label has no Unicode form', () => {
  expect(unicodeName('example.com')).toBeUndefined()
})

test.each(['xn--.pl', 'xn--a-.pl', 'xn--99999999999.pl', 'xn---.pl', 'xn--a.pl'])(
  'a name that does not map back to %s is not shown',
  (name) => {
    expect(unicodeName(name)).toBeUndefined()
  },
)

import { expect, test } from 'vitest'
import { readArguments } from '../../src/loadtest/arguments.ts'

test('a drop burst has 500 names and no fault unless given otherwise', () => {
  expect(readArguments(['drop-burst'])).toEqual({
    name: 'drop-burst',
    burst: { names: 500, namesPerSecond: 25, stallMs: 0 },
    env: { NAMES: '500', NAMES_PER_SECOND: '25', VISIBLE_MS_MAX: '1000' },
  })
})

test('the script and the apps get the same numbers', () => {
  const { burst, env } = readArguments(['drop-burst', '--names', '40', '--rate=10', '--stall-ms', '5000'])
  expect(burst).toEqual({ names: 40, namesPerSecond: 10, stallMs: 5_000 })
  expect(env).toMatchObject({ NAMES: '40', NAMES_PER_SECOND: '10' })
})

test.each([
  [[]],
  [['no-such-scenario']],
  [['../lib/ask']],
  [['claims', 'drop-burst']],
  [['drop-burst', '--names', '0']],
  [['drop-burst', '--names', 'many']],
  [['drop-burst', '--stall', '5']],
])('%j is answered with the usage', (args) => {
  expect(() => readArguments(args)).toThrow('usage: npm run loadtest -- NAME')
})

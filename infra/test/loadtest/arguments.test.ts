import { expect, test } from 'vitest'
import { readArguments } from '../../src/loadtest/arguments.ts'

test('a drop burst has 2,000 names in 80 seconds and no fault unless given otherwise', () => {
  expect(readArguments(['drop-burst'])).toEqual({
    name: 'drop-burst',
    rule: { perSecond: 25, seconds: 80, names: 2_000, accounts: 30, streams: 60, stallMs: 0 },
    env: { RATE: '25', SECONDS: '80' },
    picture: undefined,
  })
})

test('the script and the apps get the same numbers', () => {
  const { rule, env } = readArguments(['drop-burst', '--names', '40', '--rate=10', '--stall-ms', '5000'])
  expect(rule).toMatchObject({ names: 40, perSecond: 10, seconds: 4, stallMs: 5_000 })
  expect(env).toMatchObject({ RATE: '10' })
})

const namesOf = (...args: readonly string[]) => readArguments(args).rule.names

test('there are as many names as the rate and the minutes need, unless given', () => {
  expect(namesOf('cutoff', '--rate', '80', '--minutes', '2')).toBe(1_200)
  expect(namesOf('soak', '--rate', '100', '--minutes', '60')).toBe(14_501)
  expect(namesOf('soak', '--rate', '100', '--minutes', '60', '--names', '500')).toBe(500)
})

test('thresholds and the acceptance of a busy generator are settings of the script', () => {
  const args = ['soak', '--answer-ms-max', '400', '--growth-max', '0.5', '--drift-max', '3', '--accept-busy']
  expect(readArguments(args).env).toMatchObject({
    ANSWER_MS_MAX: '400',
    GROWTH_MAX: '0.5',
    DRIFT_MAX: '3',
    ACCEPT_BUSY_GENERATOR: '1',
  })
  expect(readArguments(['steady', '--mix', 'reads']).env).toMatchObject({ MIX: 'reads' })
})

test.each([
  [[]],
  [['no-such-scenario']],
  [['../lib/ask']],
  [['steady', 'drop-burst']],
  [['drop-burst', '--names', '0']],
  [['drop-burst', '--names', '1.5']],
  [['drop-burst', '--names', 'many']],
  [['drop-burst', '--minutes', '0']],
  [['drop-burst', '--stall', '5']],
  [['steady', '--mix', 'writes']],
])('%j is answered with the usage', (args) => {
  expect(() => readArguments(args)).toThrow('usage: npm run loadtest -- NAME')
})

import { expect, test } from 'vitest'
import {
  endsSession,
  isResultCode,
  isSuccess,
  meaningOnCreate,
  meaningOnOthers,
  resultCodes,
} from '../../src/drop/result-codes.ts'

const rfc5730 = [
  [1000, 1001, 1300, 1301, 1500],
  [2000, 2001, 2002, 2003, 2004, 2005],
  [2100, 2101, 2102, 2103, 2104, 2105, 2106],
  [2200, 2201, 2202],
  [2300, 2301, 2302, 2303, 2304, 2305, 2306, 2307, 2308],
  [2400, 2500, 2501, 2502],
].flat()

test('the table has every result code of RFC 5730, and no other', () => {
  expect(Object.keys(resultCodes).map(Number)).toEqual(rfc5730)
  expect(rfc5730.every(isResultCode)).toBe(true)
  expect([0, 1002, 2309, 2503, Number.NaN].some(isResultCode)).toBe(false)
})

test('success and the end of a session are read from the digits', () => {
  expect(rfc5730.filter(isSuccess)).toEqual([1000, 1001, 1300, 1301, 1500])
  expect(rfc5730.filter(endsSession)).toEqual([1500, 2500, 2501, 2502])
})

test('of all codes only 1000 can mean that a name is ours', () => {
  const wins = Array.from({ length: 10_000 }, (_, code) => code).filter(
    (code) => meaningOnCreate(code) === 'registered',
  )
  expect(wins).toEqual([1000])
})

test('no passing error and no error of ours ends a name; a code alone never makes it premium', () => {
  expect(rfc5730.filter((code) => meaningOnCreate(code) === 'refused')).toEqual([
    2005, 2201, 2304, 2306, 2308,
  ])
  expect(rfc5730.filter((code) => meaningOnCreate(code) === 'incomplete')).toEqual([2003, 2004])
})

test('every code says what to do with any other command, and an unknown one is never taken for done', () => {
  expect(rfc5730.filter((code) => meaningOnOthers(code) === 'done')).toEqual([1000, 1300, 1301])
  expect(rfc5730.filter((code) => meaningOnOthers(code) === 'session_ended')).toEqual([
    1500, 2500, 2501, 2502,
  ])
  expect([1002, 1599, 2309, 2599, 3000, Number.NaN].map(meaningOnOthers)).toEqual([
    'unknown',
    'session_ended',
    'retry',
    'session_ended',
    'unknown',
    'unknown',
  ])
})

test('the same command is repeated only after codes for passing errors', () => {
  expect(rfc5730.filter((code) => meaningOnOthers(code) === 'retry')).toEqual([2400])
})

import { expect, test } from 'vitest'
import { readLabelMatch } from '../../src/prices/match.ts'
import { readPriceList } from '../../src/prices/read-list.ts'

const zones = new Set(['test', 'co.test'])
const weightOf = (text: string) => readLabelMatch('pattern', text)?.weight ?? -1

const read = (...lines: readonly string[]) =>
  readPriceList(['kind,zone,match,currency,amount,starts_at', ...lines].join('\r\n'), zones, (text) => text)

test('every kind of line is read, with its zone, amount and time', () => {
  const list = read(
    'name,,Shop.test,USD,500.00,2026-12-01T00:00:00Z',
    'pattern,test,CVCV,USD,99,',
    'length,,3-4,EUR,120.50,2026-12-01 00:00+01:00',
    'tier,co.test,standard,JPY,2000,',
    'tier,,gold,USD,,',
  )
  expect(list).toMatchObject({
    kind: 'list',
    rejects: [],
    prices: [
      {
        line: 2,
        zone: null,
        kind: 'name',
        match: 'shop.test',
        amountMinor: 50_000n,
        startsAt: new Date('2026-12-01'),
      },
      { line: 3, zone: 'test', match: 'CVCV', amountMinor: 9_900n, startsAt: undefined },
      { line: 4, match: '3-4', amountMinor: 12_050n, startsAt: new Date('2026-11-30T23:00:00Z') },
      { line: 5, zone: 'co.test', currency: 'JPY', amountMinor: 2_000n },
      { line: 6, amountMinor: null },
    ],
  })
})

test.each([
  ['name,,a.com,USD,1,', 'name_not_served'],
  ['mood,,a,USD,1,', 'unknown_kind'],
  ['pattern,,(a+)+$,USD,1,', 'unusable_match'],
  ['pattern,,a*b*c*d*,USD,1,', 'unusable_match'],
  ['length,,4-3,USD,1,', 'unusable_match'],
  ['length,,64,USD,1,', 'unusable_match'],
  ['tier,com,standard,USD,1,', 'unknown_zone'],
  ['tier,,standard,usd,1,', 'unknown_currency'],
  ['tier,,standard,USD,1.005,', 'unusable_amount'],
  ['tier,,standard,USD,0,', 'unusable_amount'],
  ['tier,,standard,USD,-1,', 'unusable_amount'],
  ['tier,,standard,USD,1,tomorrow', 'unusable_time'],
  ['tier,,standard,USD,1,2026-12-01T00:00:00', 'unusable_time'],
  ['tier,,standard,USD', 'wrong_number_of_fields'],
])('%s is rejected as %s', (line, reason) => {
  expect(read(line)).toMatchObject({ prices: [], rejects: [{ line: 2, reason }] })
})

test('a repeated line is rejected, and a file without the columns is unusable', () => {
  expect(read('tier,,a,USD,1,', 'tier,,a,USD,2,')).toMatchObject({
    rejects: [{ line: 3, reason: 'repeated' }],
  })
  expect(readPriceList('<!doctype html>', zones, (text) => text)).toMatchObject({ kind: 'unusable' })
})

test('a pattern with more given characters has more weight', () => {
  const ordered = ['*', 'LETTERS', '?*', 'a*', 'a?*', 'ab*', 'abc']
  const weights = ordered.map(weightOf)
  expect(weights).toEqual(weights.toSorted((one, other) => one - other))
})

import { expect, test } from 'vitest'
import { money, parseCurrency } from '../src/money.ts'
import { chargedMoney } from '../src/registries.ts'

const USD = parseCurrency('USD')

test.each([
  [{ fees: ['8.00'] }, money(800n, 'USD')],
  [{ currency: 'EUR', fees: ['8.00', '1.5'] }, money(950n, 'EUR')],
  [{ currency: 'EUR', fees: ['8.00'], credits: ['-2.25'] }, money(575n, 'EUR')],
  [{ currency: 'JPY', fees: ['1200.0000'] }, money(1200n, 'JPY')],
  [{ fees: ['10.5000'] }, money(1050n, 'USD')],
  [{ fees: ['100'] }, money(10_000n, 'USD')],
  [{ fees: ['0.00'] }, money(0n, 'USD')],
])('the sum of %j is exact', (charged, sum) => {
  expect(chargedMoney(charged, USD)).toEqual(sum)
})

test.each([
  ['nothing', undefined],
  ['no fee', { fees: [] }],
  ['a credit alone', { fees: [], credits: ['-1.00'] }],
  ['a fraction of a cent', { fees: ['8.005'] }],
  ['no number', { fees: ['8.00', 'free'] }],
  ['no currency', { currency: 'euro', fees: ['8.00'] }],
])('of %s no sum is guessed', (_, charged) => {
  expect(chargedMoney(charged, USD)).toBeUndefined()
})

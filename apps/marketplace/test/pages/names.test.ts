import { expect, test } from 'vitest'
import {
  filterNames,
  filterOf,
  filtersIn,
  queryOf,
  searchOf,
  without,
} from '../../src/pages/names/filters.ts'
import { rateOf } from '../../src/pages/names/zone-queries.ts'
import { en } from '../../src/pages/texts/en.ts'
import { zh } from '../../src/pages/texts/zh.ts'
import { titleOf, zoneAlone } from '../../src/pages/titles.ts'

test('the address holds every filter; what it does not know or has its usual value is left out', () => {
  const filters = Object.fromEntries(filterNames.map((name) => [name, `a ${name}`]))
  expect(filtersIn(searchOf(filters).slice(1))).toEqual(filters)
  expect(filtersIn('q=+&order=cutoff&state=open&colour=red')).toEqual({})
  expect(searchOf({})).toBe('')
})

test('a form without scripts repeats its zones, and they are one filter', () => {
  expect(filtersIn('zone=com&zone=net&zone=')).toEqual({ zone: 'com,net' })
})

test('a filter that is removed leaves the others, on the first page', () => {
  expect(without({ q: 'shop', zone: 'com', cursor: 'abc' }, 'zone')).toEqual({ q: 'shop' })
})

test('prices go to the API in minor units; what is no price goes as it was typed, to be refused there', () => {
  expect(queryOf({ price_min: '9.90', price_max: '1000', q: 'a' }, 'JPY')).toEqual({
    price_min_minor: '9.90',
    price_max_minor: 1_000,
    q: 'a',
  })
  expect(queryOf({ price_max: '9,90' }, 'EUR')).toEqual({ price_max_minor: 990 })
})

test('a refusal of the API is shown at the field of its parameter', () => {
  expect(filterOf('price_max_minor')).toBe('price_max')
  expect(filterOf('shape')).toBe('shape')
  expect(filterOf('limit')).toBeUndefined()
})

test('every filter that can be refused says in both languages what it takes', () => {
  for (const texts of [en, zh])
    expect(Object.keys(texts.names.faults).toSorted()).toEqual([...filterNames].toSorted())
})

test('the success rate of a zone weighs each price by its orders', () => {
  const results = [
    { orders: 90, success_percent: 10, lost_percent: 90 },
    { orders: 10, success_percent: 60, lost_percent: 40 },
  ]
  expect(rateOf(results)).toEqual({ orders: 100, percent: 15, lost: 85 })
  expect(rateOf([])).toBeUndefined()
})

test('each page has a title of its own; a list of one zone is named for it', () => {
  const titles = [
    titleOf('/en/names', '', en),
    titleOf('/en/names', 'zone=com', en),
    titleOf('/en/names/a.com', '', en),
    titleOf('/en/help', '', en),
    titleOf('/en/account/keys', '', en),
    titleOf('/en/orders', '', en),
    titleOf('/en/sign-in', '', en),
  ]
  expect(new Set(titles).size).toBe(titles.length)
  expect(titles[1]).toContain('.com')
  expect(zoneAlone('zone=xn--p1ai')).toBe('рф')
  expect(zoneAlone('zone=com&q=shop')).toBeUndefined()
  expect(zoneAlone('zone=com,net')).toBeUndefined()
  expect(titleOf('/en/names/%E0%A4%A', '', en)).toContain('%E0%A4%A')
})

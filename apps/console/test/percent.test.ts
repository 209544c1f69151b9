import { expect, test } from 'vitest'
import { basisPointsOf, percentText } from '../src/seller/percent.ts'

test.each([
  ['19', 1_900],
  ['19.5', 1_950],
  ['19,05', 1_905],
  [' 0 ', 0],
  ['100', 10_000],
])('%j is a share', (typed, basisPoints) => {
  expect(basisPointsOf(typed)).toBe(basisPoints)
})

test.each(['', '-1', '100.01', '19.555', '19 %', 'x', '1e2'])('%j is none', (typed) => {
  expect(basisPointsOf(typed)).toBeUndefined()
})

test.each([0, 1, 50, 700, 1_950, 10_000])('%i basis points come back as they were shown', (basisPoints) => {
  expect(basisPointsOf(percentText(basisPoints))).toBe(basisPoints)
})

import { z } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import { faultyParts } from '../src/faults.ts'

const Body = z.strictObject({
  name: z.string().min(2),
  payment: z.enum(['balance', 'card']),
  years: z.int().min(1).max(9).optional(),
  address: z
    .array(z.object({ 'a/b~c': z.string() }))
    .max(1)
    .optional(),
  at: z.iso.datetime().optional(),
  page: z
    .string()
    .regex(/^[1-9]$/, 'a whole number from 1 to 9')
    .optional(),
})

const valid = { name: 'ab', payment: 'card' }

function partsOf(value: unknown, target = 'json') {
  const { error } = Body.safeParse(value)
  return error === undefined ? [] : faultyParts(target, error)
}

test.each([
  [{ payment: 'card' }, '/name', 'is missing'],
  [{ ...valid, name: 7 }, '/name', 'must be text'],
  [{ ...valid, name: 'a' }, '/name', 'must have at least 2 characters'],
  [{ ...valid, payment: 'cash' }, '/payment', 'must be one of balance, card'],
  [{ ...valid, years: 10 }, '/years', 'must be at most 9'],
  [{ ...valid, years: 1.5 }, '/years', 'must be a whole number'],
  [{ ...valid, address: [{}] }, '/address/0/a~1b~0c', 'is missing'],
  [{ ...valid, address: [{ 'a/b~c': '' }, { 'a/b~c': '' }] }, '/address', 'must have at most 1 member'],
  [{ ...valid, at: 'today' }, '/at', 'must be a time in UTC, such as 2026-02-15T13:00:00Z'],
  [{ ...valid, page: '0' }, '/page', 'must be a whole number from 1 to 9'],
  [{ ...valid, 'nam/e': 1 }, '/nam~1e', 'is not known here; check its spelling'],
  [null, '', 'must be an object'],
])('%j: %s %s', (value, pointer, detail) => {
  expect(partsOf(value)).toEqual([{ pointer, detail }])
})

test('a part of the path or query is named as a parameter', () => {
  expect(partsOf({ ...valid, page: '0' }, 'query')).toEqual([
    { parameter: 'page', detail: 'must be a whole number from 1 to 9' },
  ])
})

test('every part is reported, up to a bound', () => {
  const unknown = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`x${index}`, 1]))
  expect(partsOf({ ...unknown })).toHaveLength(20)
})

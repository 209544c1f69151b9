import { expect, test } from 'vitest'
import { z } from 'zod'
import { operations } from '../src/console/operations.ts'
import { memberOf } from './member-of.ts'

const lists = Object.values(operations).filter(({ operationId }) => /^list[A-Z]/.test(operationId))

test('no list stops silently: each says how many there are in all, up to a bound that it names', () => {
  expect(lists.length).toBeGreaterThan(40)
  const silent = lists.filter((operation) => {
    const answer = memberOf(operation, 'responses', '200', 'content', 'application/json', 'schema')
    return !(answer instanceof z.ZodObject && 'items' in answer.shape && 'total' in answer.shape)
  })
  expect(silent.map(({ operationId }) => operationId)).toEqual([])
})

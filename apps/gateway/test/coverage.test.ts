import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readOperations } from '../src/operations.ts'

/** Refusals without a test, as `operation code`. The list may only shrink. */
const untested: readonly string[] = []

const Responses = z.record(
  z.string(),
  z.object({
    content: z
      .record(z.string(), z.object({ examples: z.record(z.string(), z.unknown()).optional() }))
      .default({}),
  }),
)
const Document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        parameters: z.array(z.object({ name: z.string() })).default([]),
        requestBody: z.unknown().optional(),
        responses: Responses,
      }),
    ),
  ),
})

const openapi = new URL(
  import.meta.resolve('@droplock/contracts/errors').replace('src/errors.ts', 'openapi.json'),
)
const operations = Object.values(Document.parse(JSON.parse(readFileSync(openapi, 'utf8'))).paths).flatMap(
  (methods) => Object.values(methods),
)

/** All tests but this one, which names what it does not test. */
const tests = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.test.ts') && file !== 'coverage.test.ts')
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  .join('\n')

test('every operation has a test of each success it documents', () => {
  const missing = operations.flatMap(({ operationId, responses }) =>
    Object.keys(responses)
      .filter((status) => status.startsWith('2') && !isAnswered(operationId, status))
      .map((status) => `${operationId} ${status}`),
  )
  expect(missing).toEqual([])
})

test('every operation has a test of each refusal code it documents', () => {
  const missing = operations.flatMap(({ operationId, parameters, requestBody, responses }) =>
    Object.values(responses).flatMap((response) =>
      Object.keys(response.content['application/problem+json']?.examples ?? {})
        .filter((code) => {
          const hasKey = parameters.some(({ name }) => name === 'Idempotency-Key')
          const isEdit = parameters.some(({ name }) => name === 'If-Match')
          return !isRefused(operationId, code, { hasBody: requestBody !== undefined, hasKey, isEdit })
        })
        .map((code) => `${operationId} ${code}`),
    ),
  )
  expect(missing).toEqual(untested)
})

test('the search for tests finds what is there and not what is not', () => {
  expect(isAnswered('getListing', '200')).toBe(true)
  expect(isAnswered('getListing', '201')).toBe(false)
  expect(isRefused('getListing', 'listing_not_found')).toBe(true)
  expect(isRefused('getBalance', 'unauthenticated')).toBe(true)
  expect(isRefused('topUp', 'body_required', { hasBody: true })).toBe(true)
  expect(isRefused('getListing', 'backorder_not_found')).toBe(false)
  expect(isRefused('getBalance', 'listing_not_found')).toBe(false)
  expect(isRefused('getBalance', 'body_required')).toBe(false)
})

function isAnswered(operation: string, status: string): boolean {
  return new RegExp(`\\banswers\\(\\s*'${operation}',\\s*${status},`).test(tests)
}

const isRead = (operation: string) => readOperations.some((id) => id === operation)

function isRefused(
  operation: string,
  code: string,
  { hasBody = false, hasKey = false, isEdit = false } = {},
): boolean {
  return (
    new RegExp(`\\brefuses\\(\\s*'${operation}',\\s*'${code}'`).test(tests) ||
    (isRead(operation) && new RegExp(`\\beveryReadRefuses\\(\\s*'${code}'`).test(tests)) ||
    new RegExp(`\\beveryOperationRefuses\\(\\s*'${code}'`).test(tests) ||
    (hasKey && new RegExp(`\\beveryKeyedRefuses\\(\\s*'${code}'`).test(tests)) ||
    (isEdit && new RegExp(`\\beveryEditRefuses\\(\\s*'${code}'`).test(tests)) ||
    (hasBody && new RegExp(`\\beveryBodyRefuses\\(\\s*'${code}'`).test(tests))
  )
}

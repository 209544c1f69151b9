import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

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
    z.record(z.string(), z.object({ operationId: z.string(), responses: Responses })),
  ),
})

const openapi = new URL(
  import.meta.resolve('@droplock/contracts/errors').replace('src/errors.ts', 'openapi.json'),
)
const operations = Object.values(Document.parse(JSON.parse(readFileSync(openapi, 'utf8'))).paths).flatMap(
  (methods) => Object.values(methods),
)

test('every operation has a test of each success it documents', () => {
  const missing = operations.flatMap(({ operationId, responses }) =>
    Object.keys(responses)
      .filter((status) => status.startsWith('2'))
      .map((status) => `${folderOf(operationId)}/${status}.test.ts`)
      .filter((file) => !existsSync(new URL(file, import.meta.url))),
  )
  expect(missing).toEqual([])
})

test('every operation has a test of each refusal code it documents', () => {
  const missing = operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, response]) =>
      Object.keys(response.content['application/problem+json']?.examples ?? {})
        .filter((code) => !isTested(operationId, status, code))
        .map((code) => `${operationId} ${code}`),
    ),
  )
  expect(missing).toEqual(untested)
})

test('the search for tests finds what is there and not what is not', () => {
  expect(isTested('getListing', '404', 'listing_not_found')).toBe(true)
  expect(isTested('getBalance', '401', 'unauthenticated')).toBe(true)
  expect(isTested('getListing', '404', 'backorder_not_found')).toBe(false)
  expect(isTested('getBalance', '404', 'listing_not_found')).toBe(false)
})

function isTested(operation: string, status: string, code: string): boolean {
  return (
    contains(`${folderOf(operation)}/${status}.test.ts`, `\\brefuses\\(\\s*'${operation}',\\s*'${code}'`) ||
    contains(`every-operation/${status}.test.ts`, `\\beveryOperationRefuses\\(\\s*'${code}'`)
  )
}

function contains(file: string, pattern: string): boolean {
  const url = new URL(file, import.meta.url)
  return existsSync(url) && new RegExp(pattern).test(readFileSync(url, 'utf8'))
}

/** `getListing` → `get-listing`. */
function folderOf(operation: string): string {
  return operation.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

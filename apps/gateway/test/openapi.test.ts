import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { renderOpenApi } from '../src/openapi.ts'
import { operations } from '../src/operations.ts'

const contracts = new URL(import.meta.resolve('@droplock/contracts/errors'))
const committed: unknown = JSON.parse(readFileSync(new URL('../openapi.json', contracts), 'utf8'))

const Document = z.object({
  openapi: z.string(),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({ description: z.string().optional() })),
  }),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        security: z.array(z.object({ apiKey: z.array(z.string()).length(1) })).length(1),
        parameters: z
          .array(
            z.object({ name: z.string(), required: z.boolean(), schema: z.object({ type: z.string() }) }),
          )
          .optional(),
        requestBody: z.object({ required: z.literal(true) }).optional(),
        responses: z.record(z.string(), z.object({ description: z.string().min(1) })),
      }),
    ),
  ),
})

describe('openapi.json', () => {
  const document = Document.parse(committed)
  const documented = Object.values(document.paths).flatMap((methods) => Object.entries(methods))

  test('is what the contracts say: run `npm run generate` after a change', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(renderOpenApi())))
  })

  test('has every operation, each with its id, one scope, and a body only where something is made of it', () => {
    expect(documented.map(([, { operationId }]) => operationId).toSorted()).toEqual(
      Object.keys(operations).toSorted(),
    )
    for (const [id, { operationId }] of Object.entries(operations)) expect(operationId).toBe(id)
    const withBody = documented.filter(([, { requestBody }]) => requestBody !== undefined)
    expect(new Set(withBody.map(([method]) => method))).toEqual(new Set(['post', 'put', 'patch']))
  })

  test('never documents a parameter that may be null or of several types', () => {
    for (const [, { parameters = [] }] of documented) {
      for (const { schema } of parameters) expect(['string', 'integer', 'boolean']).toContain(schema.type)
    }
  })

  test('documents 401, 403, 500 and 503 of every operation', () => {
    for (const [, { responses }] of documented) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '500', '503']))
    }
  })

  test('leaves money without the description of one of its uses', () => {
    expect(document.components.schemas['Money']?.description).toBeUndefined()
  })
})

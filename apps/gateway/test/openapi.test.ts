import { readFileSync } from 'node:fs'
import { errors } from '@droplock/contracts/errors'
import { accountTopics } from '@droplock/rules/events'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readDocument } from '../../../packages/contracts/test/support/document.ts'
import { answerExamples, schemaExamples } from '../src/document/examples/examples.ts'
import { renderOpenApi } from '../src/openapi.ts'
import { operations } from '../src/operations.ts'

const contracts = new URL(import.meta.resolve('@droplock/contracts/errors'))
const committed: unknown = JSON.parse(readFileSync(new URL('../openapi.json', contracts), 'utf8'))

const Content = z.record(
  z.string(),
  z.object({ examples: z.record(z.string(), z.object({ summary: z.string(), value: z.unknown() })) }),
)
const Response = z.object({ description: z.string().min(1), content: Content.optional() })

const Webhook = z.object({
  tags: z.array(z.string()).length(1),
  parameters: z.array(z.object({ name: z.string(), in: z.literal('header'), required: z.literal(true) })),
  requestBody: z.object({ required: z.literal(true), content: Content }),
})

const Document = z.object({
  openapi: z.string(),
  webhooks: z.record(z.string(), z.object({ post: Webhook })),
  tags: z.array(z.object({ name: z.string(), description: z.string().min(1) })),
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
        requestBody: z.object({ required: z.literal(true), content: Content }).optional(),
        tags: z.array(z.string()).length(1),
        responses: z.record(z.string(), Response),
      }),
    ),
  ),
})

const Components = z.object({ components: z.object({ examples: z.record(z.string(), z.unknown()) }) })

/** It had 800,000 with each problem at each of its operations, for 71 operations. */
const DOCUMENT_CHARACTERS_MAX = 550_000

const document = Document.parse(readDocument('openapi.json'))
const documented = Object.values(document.paths).flatMap((methods) => Object.entries(methods))

describe('openapi.json', () => {
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

  test('describes every tag, and has an operation of each', () => {
    const ofWebhooks = Object.values(document.webhooks).map(({ post }) => post.tags)
    const used = new Set([...documented.map(([, { tags }]) => tags), ...ofWebhooks].flat())
    expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted())
  })

  test('has each problem once, so that it can be downloaded and read', () => {
    expect(JSON.stringify(committed).length).toBeLessThan(DOCUMENT_CHARACTERS_MAX)
  })
})

describe('the examples of openapi.json', () => {
  test('are of every body, every answer and every error that an operation names', () => {
    const contents = documented.flatMap(([, { operationId, requestBody, responses }]) => [
      ...(requestBody === undefined ? [] : [{ place: `${operationId} body`, content: requestBody.content }]),
      ...Object.entries(responses).map(([status, { content = {} }]) => ({
        place: `${operationId} ${status}`,
        content,
      })),
    ])
    expect(contents.length).toBeGreaterThan(600)
    const without = contents.filter(({ content }) =>
      Object.values(content).some(({ examples }) => Object.keys(examples).length === 0),
    )
    expect(without.map(({ place }) => place)).toEqual([])
    for (const { content } of contents) {
      for (const [code, { value }] of Object.entries(content['application/problem+json']?.examples ?? {})) {
        expect(value).toMatchObject({ code, title: errors[code as keyof typeof errors].title })
      }
    }
  })

  test('are of every webhook, which is there for each topic of accounts, with the headers of Standard Webhooks', () => {
    expect(Object.keys(document.webhooks).toSorted()).toEqual([...accountTopics].toSorted())
    for (const [topic, { post }] of Object.entries(document.webhooks)) {
      expect(post.parameters.map(({ name }) => name)).toEqual([
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
      ])
      const { value } = Object(post.requestBody.content['application/json']?.examples[topic])
      expect(value, topic).toMatchObject({ type: topic, data: { id: expect.any(String) } })
    }
  })

  test('are all used', () => {
    const names = Object.keys(Components.parse(committed).components.examples)
    const unused = [...Object.keys(schemaExamples), ...Object.keys(answerExamples)].filter(
      (owner) => !names.some((name) => name === owner || name.startsWith(`${owner}.`)),
    )
    expect(unused).toEqual([])
  })
})

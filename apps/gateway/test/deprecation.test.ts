import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { expect, test } from 'vitest'
import { announce, deprecated, deprecationOf } from '../src/http/deprecation.ts'
import { operations } from '../src/operations.ts'

const deprecation = {
  since: new Date('2026-01-01T00:00:00Z'),
  sunset: new Date('2027-01-01T00:00:00Z'),
  page: 'https://example.com/old',
}

const old = createRoute(
  deprecated(
    {
      operationId: 'oldOperation',
      method: 'get',
      path: '/v1/old',
      responses: { 200: { description: 'Fine', content: { 'application/json': { schema: z.object({}) } } } },
    },
    deprecation,
  ),
)

test('a deprecated operation says so in each answer and in the document', async () => {
  const app = new OpenAPIHono()
  const found = deprecationOf(old)
  if (found === undefined) throw new Error('the mark is lost')
  app.use(old.path, announce(found))
  app.openapi(old, (c) => c.json({}, 200))
  const response = await app.request('/v1/old')
  expect(response.headers.get('Deprecation')).toBe('@1767225600')
  expect(response.headers.get('Sunset')).toBe('Fri, 01 Jan 2027 00:00:00 GMT')
  expect(response.headers.get('Link')).toBe('<https://example.com/old>; rel="deprecation"')
  const document = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '1' } })
  expect(document.paths?.['/v1/old']?.get).toMatchObject({
    deprecated: true,
    responses: { 200: { headers: { Deprecation: {}, Sunset: {}, Link: {} } } },
  })
})

test('no operation is deprecated yet', () => {
  expect(Object.values(operations).filter((operation) => deprecationOf(operation) !== undefined)).toEqual([])
})

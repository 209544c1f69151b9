import { createLogger } from '@droplock/observability/logger'
import { z } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { type HttpEnvironment, observe } from '../src/observe.ts'
import { onErrorOf } from '../src/refuse.ts'
import { reply } from '../src/reply.ts'

const Schema = z.object({ name: z.string() })
const Page = z.object({ items: z.array(Schema), total: z.int() })

/** An app with a log that is kept. */
function observed() {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  const logger = createLogger({ app: 'test', level: 'info', pretty: false, destination })
  const app = new Hono<HttpEnvironment>()
  app.use(observe({ logger, newRequestId: () => 'r' }))
  app.onError(onErrorOf({ isUnreachable: () => false, isOver: () => false }))
  return { app, logged: () => lines.map((line): unknown => JSON.parse(line)) }
}

test('members that the contract does not have never leave', async () => {
  const row = { name: 'a.test', holder: 'somebody' }
  const { app } = observed()
  app.get('/', (c) => reply(c, 200, Schema, row))
  expect(await (await app.request('/')).json()).toEqual({ name: 'a.test' })
})

test('a row that breaks the contract is left out of its page and logged once as an error', async () => {
  const { app, logged } = observed()
  const items: unknown = [{ name: 'a.test' }, { name: null }, { name: 'c.test' }]
  const page = { items, total: 3 } as z.input<typeof Page>
  app.get('/', (c) => reply(c, 200, Page, page))
  const response = await app.request('/')
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ items: [{ name: 'a.test' }, { name: 'c.test' }], total: 3 })
  expect(logged()).toMatchObject([
    { level: 'error', status: 200, err: { message: expect.stringContaining('name') } },
  ])
})

test('what breaks the contract and is no row of a page is a fault of ours, also beside a bad row', async () => {
  const { app } = observed()
  const single: unknown = { name: null }
  const uncounted: unknown = { items: [{ name: null }], total: 'many' }
  app.get('/single', (c) => reply(c, 200, Schema, single as z.input<typeof Schema>))
  app.get('/uncounted', (c) => reply(c, 200, Page, uncounted as z.input<typeof Page>))
  expect((await app.request('/single')).status).toBe(500)
  expect((await app.request('/uncounted')).status).toBe(500)
})

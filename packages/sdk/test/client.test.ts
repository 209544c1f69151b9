import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Client, createClient, ProblemError } from '../src/client.ts'

type Answer = 'cut' | { readonly status: number; readonly body?: object | string; readonly type?: string }

const price = { amount_minor: 1_900, currency: 'USD' }
const problem = (status: number, code: string) => ({
  status,
  type: 'application/problem+json',
  body: { type: `/errors/${code}`, title: code, status, detail: 'In words.', code, retryable: true },
})
const tryAgain = problem(503, 'try_again')
const unavailable = problem(503, 'unavailable')

let server: Server
let client: Client
/** Answered one after the other; then the connection is cut. */
let answers: Answer[]
let seen: {
  line: string
  authorization: string | undefined
  key: string | string[] | undefined
  body: string
}[]

beforeEach(async () => {
  answers = []
  seen = []
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push({
      line: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
      key: request.headers['idempotency-key'],
      body,
    })
    const answer = answers.shift()
    if (answer === undefined || answer === 'cut') return void request.socket.destroy()
    response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' })
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const { port } = server.address() as AddressInfo
  client = createClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'dlk_test_1' })
})
afterEach(() => {
  server.close()
})

test('a request carries the key, its path, its query and its body, and resolves with the typed body', async () => {
  answers = [
    { status: 201, body: { id: 'b1', price } },
    { status: 200, body: { items: [] } },
  ]
  const placed = await client.post('/v1/backorders', { body: { name: 'a.com', payment: 'balance' } })
  expect(placed.price.amount_minor).toBe(1_900)
  await client.get('/v1/backorders', { params: { query: { state: 'backordered', limit: 1 } } })
  expect(seen).toEqual([
    {
      line: 'POST /v1/backorders',
      authorization: 'Bearer dlk_test_1',
      key: expect.any(String),
      body: '{"name":"a.com","payment":"balance"}',
    },
    {
      line: 'GET /v1/backorders?state=backordered&limit=1',
      authorization: 'Bearer dlk_test_1',
      key: undefined,
      body: '',
    },
  ])
})

test('a path parameter is escaped', async () => {
  answers = [{ status: 200, body: {} }]
  await client.get('/v1/listings/{name}', { params: { path: { name: 'a/b ü' } } })
  expect(seen.map(({ line }) => line)).toEqual(['GET /v1/listings/a%2Fb%20%C3%BC'])
})

test('a refusal rejects with its problem, and is not repeated', async () => {
  answers = [problem(409, 'name_taken')]
  const refused = client.post('/v1/backorders', { body: { name: 'a.com', payment: 'balance' } })
  const error = await refused.catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ProblemError)
  expect(error).toMatchObject({ status: 409, code: 'name_taken', problem: { detail: 'In words.' } })
  expect(String(error)).toContain('POST /v1/backorders was answered with 409: name_taken: In words.')
  expect(seen).toHaveLength(1)
})

test('an answer that is no problem rejects with its text', async () => {
  answers = [{ status: 502, body: 'Bad Gateway', type: 'text/plain' }]
  await expect(client.get('/v1/balance')).rejects.toMatchObject({ status: 502, problem: undefined })
})

test('a file is given as its bytes', async () => {
  answers = [{ status: 200, body: '%PDF-', type: 'application/pdf' }]
  const pdf = await client.get('/v1/invoices/{id}/pdf', {
    params: { path: { id: 'i1' } },
    parseAs: 'arrayBuffer',
  })
  expect(Buffer.from(pdf).toString()).toBe('%PDF-')
})

test('an answer without a body resolves', async () => {
  answers = [{ status: 204 }]
  await client.delete('/v1/watches/{name}', { params: { path: { name: 'a.com' } } })
  expect(seen).toHaveLength(1)
})

test('an order is repeated when the API says that nothing was done, with the same body', async () => {
  answers = [tryAgain, tryAgain, { status: 201, body: { id: 'b1', price } }]
  await client.post('/v1/backorders', { body: { name: 'a.com', payment: 'balance' } })
  expect(seen.map(({ body }) => body)).toEqual(Array(3).fill('{"name":"a.com","payment":"balance"}'))
})

test.each<[string, Answer]>([
  ['the service was unavailable', unavailable],
  ['the first one is still running', problem(409, 'request_in_progress')],
  ['the connection was cut', 'cut'],
])('an order is repeated under its key when %s', async (_, first) => {
  answers = [first, { status: 201, body: { id: 'b1', price } }]
  await client.post('/v1/backorders', { body: { name: 'a.com', payment: 'balance' } })
  expect(seen.map(({ key }) => key)).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), seen[0]?.key])
})

test('two orders have two keys, and a caller may give one', async () => {
  answers = Array.from({ length: 3 }, () => ({ status: 201, body: { id: 'b1', price } }))
  const body = { name: 'a.com', payment: 'balance' } as const
  await client.post('/v1/backorders', { body })
  await client.post('/v1/backorders', { body })
  await client.post('/v1/backorders', { body, params: { header: { 'Idempotency-Key': 'of-mine' } } })
  const keys = seen.map(({ key }) => key)
  expect(new Set(keys).size).toBe(3)
  expect(keys[2]).toBe('of-mine')
})

test('a reading is repeated after a 503', async () => {
  answers = [unavailable, { status: 200, body: { balance: price } }]
  expect(await client.get('/v1/balance')).toEqual({ balance: price })
})

test('a reading is repeated after a connection that was cut, a bounded number of times', async () => {
  await expect(client.get('/v1/balance')).rejects.toThrow()
  expect(seen).toHaveLength(5)
})

test('what the document does not have does not compile', () => {
  const calls = [
    // @ts-expect-error no such path
    () => client.get('/v1/balances'),
    // @ts-expect-error no such method
    () => client.post('/v1/balance'),
    // @ts-expect-error the body is required
    () => client.post('/v1/backorders'),
    // @ts-expect-error no such way to pay
    () => client.post('/v1/backorders', { body: { name: 'a.com', payment: 'gold' } }),
    // @ts-expect-error the path parameter is required
    () => client.get('/v1/backorders/{id}'),
    // @ts-expect-error no such member
    async () => (await client.get('/v1/balance')).amount,
  ]
  expect(calls).toHaveLength(6)
})

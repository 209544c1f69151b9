import { expect, test } from 'vitest'
import { requireDocumented } from './support/documented-answers.ts'

// `send` of every test compares each answer with the document. Here answers that are wrong are noticed.

const balance = {
  balance: { amount_minor: 1, currency: 'USD' },
  credit_limit: { amount_minor: 1, currency: 'USD' },
  available: { amount_minor: 1, currency: 'USD' },
  in_escrow: { amount_minor: 1, currency: 'USD' },
}

const headers = { 'Content-Type': 'application/json', 'X-Request-Id': 'r-1' }

const problem = {
  type: '/errors/unauthenticated',
  title: 'Not authenticated',
  status: 401,
  detail: 'No.',
  code: 'unauthenticated',
  retryable: false,
  request_id: 'r-1',
}

const problemHeaders = {
  ...headers,
  'Content-Type': 'application/problem+json',
  'WWW-Authenticate': 'Bearer realm="droplock"',
}

function check(body: unknown, init: ResponseInit, path = '/v1/balance') {
  const text = typeof body === 'string' || body === null ? body : JSON.stringify(body)
  return requireDocumented('GET', path, new Response(text, init))
}

test('what the document describes is right', async () => {
  await check(balance, { headers })
  await check(problem, { status: 401, headers: problemHeaders })
  await check(null, { status: 204 }, '/healthz')
})

const { in_escrow: _, ...incomplete } = balance

test.each<[string, unknown, ResponseInit]>([
  ['status 202 is not documented', balance, { status: 202, headers }],
  [
    'the media type text/plain is not documented',
    'ok',
    { headers: { ...headers, 'Content-Type': 'text/plain' } },
  ],
  ['without the header X-Request-Id', balance, { headers: { 'Content-Type': 'application/json' } }],
  ['the header x-inner is not documented', balance, { headers: { ...headers, 'X-Inner': '1' } }],
  ['in_escrow', incomplete, { headers }],
  ['must be integer', { ...balance, balance: { amount_minor: '1', currency: 'USD' } }, { headers }],
  ['must NOT have additional properties', { ...balance, secret: 1 }, { headers }],
  [
    'without the header WWW-Authenticate',
    problem,
    { status: 401, headers: { ...problemHeaders, 'WWW-Authenticate': '' } },
  ],
  [
    'the code invalid_name is not documented',
    { ...problem, code: 'invalid_name' },
    { status: 401, headers: problemHeaders },
  ],
  [
    'the example of unauthenticated does not have why',
    { ...problem, why: 1 },
    { status: 401, headers: problemHeaders },
  ],
])('an answer fails its test: %s', async (message, body, init) => {
  const { 'WWW-Authenticate': given, ...others } = Object(init.headers)
  const kept = given === '' ? others : init.headers
  await expect(check(body, { ...init, headers: kept })).rejects.toThrow(message)
})

test('a body where none is documented fails', async () => {
  const answer = new Response('{}', { status: 200, headers: { 'X-Request-Id': 'r-1' } })
  Object.defineProperty(answer, 'status', { value: 204 })
  await expect(requireDocumented('DELETE', '/v1/watches/some.test', answer)).rejects.toThrow(
    'a body where none is documented',
  )
})

import { describe, expect, test } from 'vitest'
import { createTestApp, notReached, requestIdMade } from './support/app.ts'
import { expectProblem } from './support/refuses.ts'

const { send, logged } = createTestApp({ test: notReached })

describe('what is not there', () => {
  test.each(['/', '/v1', '/v1/nothing', '/v2/listings', '/v1/backorders/a/b'])(
    '%s is a problem, not text',
    async (path) => {
      await expectProblem(await send({ path }), 'not_found')
    },
  )

  test.each([
    ['DELETE', '/v1/backorders', 'GET, HEAD, POST'],
    ['PUT', '/v1/listings/a.test', 'GET, HEAD'],
    ['POST', '/v1/balance', 'GET, HEAD'],
    ['OPTIONS', '/v1/transactions', 'GET, HEAD'],
  ])('%s %s is answered with the allowed methods, without a key', async (method, path, allow) => {
    const response = await send({ method, path })
    await expectProblem(response, 'method_not_allowed')
    expect(response.headers.get('Allow')).toBe(allow)
  })
})

describe('a request id', () => {
  test('is taken from the caller and given back', async () => {
    const response = await send({ path: '/healthz', headers: { 'X-Request-Id': 'trace-1.2:3' } })
    expect(response.headers.get('X-Request-Id')).toBe('trace-1.2:3')
  })

  test('is made where the caller sends none, or one that could forge a log', async () => {
    for (const headers of [{}, { 'X-Request-Id': 'a b' }, { 'X-Request-Id': 'x'.repeat(129) }]) {
      const response = await send({ path: '/healthz', headers })
      expect(response.headers.get('X-Request-Id')).toBe(requestIdMade)
    }
  })

  test('is in the one log event of its request, with the route and never the key', async () => {
    await send({
      path: '/v1/listings/a.test',
      headers: { 'X-Request-Id': 'once', Authorization: 'Bearer dlk_live_sssssssssssssssssssss' },
    })
    const events = logged().filter((event) => JSON.stringify(event).includes('"once"'))
    expect(events).toMatchObject([{ event: 'http_request', route: '/v1/listings/:name', status: 401 }])
    expect(JSON.stringify(events)).not.toContain('dlk_live')
  })

  test('is written nowhere for /healthz, which is asked every second', async () => {
    const headers = { 'X-Request-Id': 'well' }
    expect((await send({ path: '/healthz', headers })).status).toBe(200)
    expect((await send({ path: '/readyz', headers })).status).toBe(503)
    expect(logged().filter((event) => JSON.stringify(event).includes('"well"'))).toMatchObject([
      { path: '/readyz' },
    ])
  })
})

import { expect, test } from 'vitest'
import { createTestApp, failing, someKey } from '../support/app.ts'
import { everyOperationRefuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'

const secret = 'relation "api_key" does not exist at 10.0.0.7'

everyOperationRefuses('internal_error', 'when a use case breaks', (operation) =>
  createTestApp({ test: failing(new Error(secret)) }).send({ ...wellFormed[operation], key: someKey }),
)

test('an internal error tells nothing of the inside, and is logged once with its stack and request', async () => {
  const { send, logged } = createTestApp({ test: failing(new Error(secret)) })
  const response = await send({ path: '/v1/balance', key: someKey, headers: { 'X-Request-Id': 'req-7' } })
  expect(await response.text()).not.toContain('relation')
  expect(logged()).toMatchObject([
    {
      level: 'error',
      event: 'http_request',
      request_id: 'req-7',
      status: 500,
      code: 'internal_error',
      err: { message: secret, stack: expect.stringContaining('500.test.ts') },
    },
  ])
})

test('an answer that breaks the contract is an internal error, never sent', async () => {
  const services = failing(new Error('unused'))
  const { send } = createTestApp({
    test: {
      ...services,
      getBalance: async () => ({
        balanceMinor: 2n ** 60n,
        creditLimitMinor: 0n,
        availableMinor: 2n ** 60n,
        escrowMinor: 0n,
        currency: 'USD',
      }),
    },
  })
  const response = await send({ path: '/v1/balance', key: someKey })
  expect(response.status).toBe(500)
})

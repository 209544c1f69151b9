import { Refusal } from '@droplock/rules/refusals'
import { expect, test } from 'vitest'
import { createTestApp, failing, someKey } from '../support/app.ts'
import { everyOperationRefuses, expectProblem } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'

everyOperationRefuses('try_again', 'when a lock was not had in time', (operation) => {
  const services = failing(new Refusal('try_again', 'Somebody else is working on this.'))
  return createTestApp({ test: services }).send({ ...wellFormed[operation], key: someKey })
})

everyOperationRefuses('unavailable', 'when the database cannot be reached', (operation) => {
  const services = failing(
    Object.assign(new Error('connect ECONNREFUSED 10.0.0.7'), { code: 'ECONNREFUSED' }),
  )
  return createTestApp({ test: services }).send({ ...wellFormed[operation], key: someKey })
})

test('a request that takes too long is answered with unavailable', async () => {
  const services = { ...failing(new Error('unused')), getBalance: () => new Promise<never>(() => undefined) }
  const { send, logged } = createTestApp({ test: services }, { requestMsMax: 20 })
  await expectProblem(await send({ path: '/v1/balance', key: someKey }), 'unavailable')
  expect(logged()).toMatchObject([{ status: 503, code: 'unavailable' }])
})

test('503 says when to come back', async () => {
  const { send } = createTestApp({ test: failing(new Refusal('try_again', 'Busy.')) })
  const response = await send({ path: '/v1/balance', key: someKey })
  expect(response.headers.get('Retry-After')).toBe('1')
})

import { expect, test } from 'vitest'
import { createTestApp, failing, someKey } from '../support/app.ts'
import { expectProblem, refuses } from '../support/refuses.ts'
import { order } from '../support/requests.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const post = (body: unknown) => send({ method: 'POST', path: '/v1/backorders', key: someKey, body })

refuses('placeBackorder', 'invalid_request', 'an unknown member', () =>
  post({ name: 'a.test', payment: 'balance', years: 2 }),
)

refuses('placeBackorder', 'invalid_name', 'what is no domain name', () => send(order('not a name', someKey)))

test.each([
  ['without payment', { name: 'a.test' }, 'body.payment'],
  ['with another payment', { name: 'a.test', payment: 'cash' }, 'body.payment'],
  ['without a name', { payment: 'balance' }, 'body.name'],
  ['with a name that is no text', { name: 7, payment: 'balance' }, 'body.name'],
  ['that is a list', [], 'body'],
  ['that is null', null, 'body'],
])('an order %s is refused, and told where', async (_, body, place) => {
  const response = await post(JSON.stringify(body))
  expect((await expectProblem(response, 'invalid_request')).detail).toMatch(new RegExp(`^${place}: `))
})

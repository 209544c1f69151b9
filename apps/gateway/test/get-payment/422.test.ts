import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('getPayment', 'invalid_request', 'an id that is none', () =>
  send({ method: 'GET', path: '/v1/payments/17', key: someKey }),
)

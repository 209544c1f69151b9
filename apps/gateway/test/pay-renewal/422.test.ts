import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('payRenewal', 'invalid_request', 'an id that is none', () =>
  send({ method: 'POST', path: '/v1/renewals/17/payments', key: someKey }),
)

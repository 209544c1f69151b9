import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('getRenewal', 'invalid_request', 'an id that is none', () =>
  send({ path: '/v1/renewals/17', key: someKey }),
)

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listRenewals', 'invalid_request', 'an unknown state', () =>
  send({ path: '/v1/renewals?state=hoped', key: someKey }),
)

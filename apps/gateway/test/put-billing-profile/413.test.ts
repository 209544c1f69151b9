import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const put = { method: 'PUT', path: '/v1/billing-profile', key: someKey }

refuses('putBillingProfile', 'request_too_large', 'a body of 20,000 bytes', () =>
  send({ ...put, body: JSON.stringify({ legal_name: 'a'.repeat(20_000) }) }),
)

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const post = { method: 'POST', path: '/v1/payments', key: someKey }

refuses('payForName', 'request_too_large', 'a body of 20,000 bytes', () =>
  send({ ...post, body: JSON.stringify({ name: 'a'.repeat(20_000) }) }),
)

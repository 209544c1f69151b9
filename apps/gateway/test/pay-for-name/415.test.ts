import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const post = { method: 'POST', path: '/v1/payments', key: someKey }

refuses('payForName', 'unsupported_media_type', 'JSON that says it is text', () =>
  send({ ...post, body: { name: 'a.test' }, headers: { 'Content-Type': 'text/plain' } }),
)

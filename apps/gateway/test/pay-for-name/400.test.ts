import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const post = { method: 'POST', path: '/v1/payments', key: someKey }

refuses('payForName', 'malformed_json', 'a body that breaks off', () => send({ ...post, body: '{"' }))

refuses('payForName', 'body_required', 'a request without a body', () => send(post))

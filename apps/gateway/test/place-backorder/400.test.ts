import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const post = { method: 'POST', path: '/v1/backorders', key: someKey }

refuses('placeBackorder', 'malformed_json', 'a body that breaks off', () =>
  send({ ...post, body: '{"name": "a.test", "payment": ' }),
)

refuses('placeBackorder', 'body_required', 'a request without a body', () => send(post))

refuses('placeBackorder', 'body_required', 'an empty body that says it is JSON', () =>
  send({ ...post, headers: { 'Content-Type': 'application/json' } }),
)

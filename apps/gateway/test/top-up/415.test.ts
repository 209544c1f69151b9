import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const post = { method: 'POST', path: '/v1/top-ups', key: someKey }

refuses('topUp', 'unsupported_media_type', 'JSON that says it is text', () =>
  send({ ...post, body: { amount_minor: 5_000 }, headers: { 'Content-Type': 'text/plain' } }),
)

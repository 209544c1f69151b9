import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const put = { method: 'PUT', path: '/v1/billing-profile', key: someKey }

refuses('putBillingProfile', 'malformed_json', 'a body that breaks off', () =>
  send({ ...put, body: '{"legal_name": ' }),
)

refuses('putBillingProfile', 'body_required', 'a request without a body', () => send(put))

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const { method, path } = wellFormed.orderRenewal

refuses('orderRenewal', 'malformed_json', 'a body that breaks off', () =>
  send({ method, path, key: someKey, body: '{"years": 1, ' }),
)

refuses('orderRenewal', 'body_required', 'a request without a body', () =>
  send({ method, path, key: someKey }),
)

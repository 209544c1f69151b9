import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('orderRenewal', 'request_too_large', 'a body of 20,000 bytes', () =>
  send({ ...wellFormed.orderRenewal, key: someKey, body: { payment: 'a'.repeat(20_000) } }),
)

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('putBillingProfile', 'unsupported_media_type', 'JSON that says it is text', () =>
  send({ ...wellFormed.putBillingProfile, key: someKey, headers: { 'Content-Type': 'text/plain' } }),
)

import { refuses } from '../support/refuses.ts'
import { sendSlowly } from '../support/slow-body.ts'

refuses('putBillingProfile', 'request_timeout', 'a body that does not arrive in time', () =>
  sendSlowly('PUT', '/v1/billing-profile'),
)

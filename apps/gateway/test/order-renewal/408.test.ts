import { refuses } from '../support/refuses.ts'
import { someId } from '../support/requests.ts'
import { sendSlowly } from '../support/slow-body.ts'

refuses('orderRenewal', 'request_timeout', 'a body that does not arrive in time', () =>
  sendSlowly('POST', `/v1/backorders/${someId}/renewals`),
)

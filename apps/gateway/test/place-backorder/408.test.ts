import { refuses } from '../support/refuses.ts'
import { sendSlowly } from '../support/slow-body.ts'

refuses('placeBackorder', 'request_timeout', 'a body that does not arrive in time', () =>
  sendSlowly('POST', '/v1/backorders'),
)

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listBackorders', 'invalid_request', 'an unknown state', () =>
  send({ path: '/v1/backorders?state=won', key: someKey }),
)

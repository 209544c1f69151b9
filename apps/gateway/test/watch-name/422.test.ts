import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('watchName', 'invalid_request', 'a name longer than any name', () =>
  send({ method: 'PUT', path: `/v1/watches/${'a'.repeat(256)}`, key: someKey }),
)

refuses('watchName', 'invalid_name', 'what is no domain name', () =>
  send({ method: 'PUT', path: '/v1/watches/-a-.test', key: someKey }),
)

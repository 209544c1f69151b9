import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('getListing', 'invalid_name', 'what is no domain name', () =>
  send({ path: '/v1/listings/-a-.test', key: someKey }),
)

refuses('getListing', 'invalid_name', 'a name of one label', () =>
  send({ path: '/v1/listings/test', key: someKey }),
)

refuses('getListing', 'invalid_request', 'a name longer than any name', () =>
  send({ path: `/v1/listings/${'a'.repeat(256)}`, key: someKey }),
)

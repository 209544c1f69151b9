import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listWatches', 'invalid_request', 'a limit that is none', () =>
  send({ path: '/v1/watches?limit=0', key: someKey }),
)

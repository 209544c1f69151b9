import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listTransactions', 'invalid_request', 'a cursor that is none', () =>
  send({ path: '/v1/transactions?cursor=last', key: someKey }),
)

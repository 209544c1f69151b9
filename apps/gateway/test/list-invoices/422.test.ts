import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listInvoices', 'invalid_request', 'a page of nothing', () =>
  send({ path: '/v1/invoices?limit=0', key: someKey }),
)

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('getInvoiceHtml', 'invalid_request', 'an id that is none', () =>
  send({ path: '/v1/invoices/17/html', key: someKey }),
)

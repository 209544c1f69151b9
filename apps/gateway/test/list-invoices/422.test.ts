import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { someId } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listInvoices', 'invalid_request', 'a page of nothing', () =>
  send({ path: '/v1/invoices?limit=0', key: someKey }),
)

const world = useWorld()

refuses('listInvoices', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/invoices?cursor=${someId}`, key })
})

import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { someId } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listTransactions', 'invalid_request', 'a cursor that is none', () =>
  send({ path: '/v1/transactions?cursor=last', key: someKey }),
)

const world = useWorld()

refuses('listTransactions', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/transactions?cursor=${someId}`, key })
})

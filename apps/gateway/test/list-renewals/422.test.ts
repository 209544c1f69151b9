import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { someId } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listRenewals', 'invalid_request', 'an unknown state', () =>
  send({ path: '/v1/renewals?state=hoped', key: someKey }),
)

const world = useWorld()

refuses('listRenewals', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/renewals?cursor=${someId}`, key })
})

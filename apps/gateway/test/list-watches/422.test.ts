import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })

refuses('listWatches', 'invalid_request', 'a limit that is none', () =>
  send({ path: '/v1/watches?limit=0', key: someKey }),
)

const world = useWorld()

refuses('listWatches', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/watches?cursor=nobody', key })
})

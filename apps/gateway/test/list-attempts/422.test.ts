import { createTestApp, failing, someKey } from '../support/app.ts'
import { refuses } from '../support/refuses.ts'
import { order, someId } from '../support/requests.ts'
import { givenTried } from '../support/tried.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const { send } = createTestApp({ test: failing(new Error('not reached')) })
const world = useWorld()

refuses('listAttempts', 'invalid_request', 'a limit of none', () =>
  send({ path: `/v1/backorders/${someId}/attempts?limit=0`, key: someKey }),
)

refuses('listAttempts', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  await givenListings(world.ctx, ['tried.test'])
  const { key } = await givenCustomer(world.ctx)
  const path = (await world.send(order('tried.test', key))).headers.get('Location') ?? ''
  await givenTried(world.ctx, 'tried.test', 2, 'at-0001')
  return world.send({ path: `${path}/attempts?cursor=at-9999`, key })
})

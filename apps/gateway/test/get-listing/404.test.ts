import { refuses } from '../support/refuses.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('getListing', 'listing_not_found', 'a name that is on no list', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: '/v1/listings/unlisted.test', key })
})

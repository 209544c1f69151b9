import { refuses } from '../support/refuses.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('placeBackorder', 'listing_not_found', 'a name that is on no list', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send(order('unlisted.test', key))
})

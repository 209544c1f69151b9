import { refuses } from '../support/refuses.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('releaseBackorder', 'backorder_not_releasable', 'a paid order: it cannot be cancelled', async () => {
  await givenListings(world.ctx, ['paid-for.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('paid-for.test', key))
  return world.send({ method: 'POST', path: `${placed.headers.get('Location')}/release`, key })
})

import { refuses } from '../support/refuses.ts'
import { order, wellFormed } from '../support/requests.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('listAttempts', 'backorder_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.listAttempts, key })
})

refuses('listAttempts', 'backorder_not_found', 'the backorder of another account', async () => {
  await givenListings(world.ctx, ['theirs.test'])
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const placed = await world.send(order('theirs.test', theirs.key))
  return world.send({ path: `${placed.headers.get('Location')}/attempts`, key: mine.key })
})

import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('topUp', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.topUp, key })
})

import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer } from '../support/world.ts'

const world = useSandboxWorld()

refuses('payForName', 'listing_not_found', 'a name that is on no list', async () => {
  const { key } = await givenCustomer(world().ctx)
  return world().send({ ...wellFormed.payForName, key })
})

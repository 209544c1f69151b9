import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer } from '../support/world.ts'

const world = useSandboxWorld()

refuses('payRenewal', 'renewal_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world().ctx)
  return world().send({ ...wellFormed.payRenewal, key })
})

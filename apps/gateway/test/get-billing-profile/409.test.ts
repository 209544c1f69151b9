import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('getBillingProfile', 'billing_profile_missing', 'an account that has put none', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getBillingProfile, key })
})

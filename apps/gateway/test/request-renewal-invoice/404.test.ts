import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('requestRenewalInvoice', 'renewal_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.requestRenewalInvoice, key })
})

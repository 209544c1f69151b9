import { refuses } from '../support/refuses.ts'
import { givenCaught, quote, renew } from '../support/renewals.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('orderRenewal', 'backorder_not_found', 'the name of another account', async () => {
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const path = await givenCaught(world, 'theirs.test', theirs.key)
  return world.send(renew(path, mine.key, await quote(world.send, path, theirs.key)))
})

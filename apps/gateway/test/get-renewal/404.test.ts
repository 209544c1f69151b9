import { refuses } from '../support/refuses.ts'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('getRenewal', 'renewal_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getRenewal, key })
})

refuses('getRenewal', 'renewal_not_found', 'the renewal of another account', async () => {
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const path = await givenCaught(world, 'theirs.test', theirs.key)
  const ordered = await quoteAndRenew(world.send, path, theirs.key)
  return world.send({ path: ordered.headers.get('Location') ?? '', key: mine.key })
})

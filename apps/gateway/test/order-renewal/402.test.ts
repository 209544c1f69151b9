import { refuses } from '../support/refuses.ts'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { givenCustomer, priceMinor, renewalMinor, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('orderRenewal', 'insufficient_balance', 'an account that is one cent short', async () => {
  const { key } = await givenCustomer(world.ctx, { balanceMinor: BigInt(priceMinor + renewalMinor - 1) })
  const path = await givenCaught(world, 'dear.test', key)
  return quoteAndRenew(world.send, path, key)
})

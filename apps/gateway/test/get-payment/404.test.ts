import { PlacedBackorder } from '@droplock/contracts/gateway/backorder'
import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { order, wellFormed } from '../support/requests.ts'
import { givenCustomer, givenListings } from '../support/world.ts'

const world = useSandboxWorld()

refuses('getPayment', 'payment_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world().ctx)
  return world().send({ ...wellFormed.getPayment, key })
})

refuses('getPayment', 'payment_not_found', 'the payment of another account', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['theirs.test'])
  const [theirs, mine] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  const placed = await send(order('theirs.test', theirs.key, 'card'))
  const { payment } = PlacedBackorder.parse(await placed.json())
  return send({ path: `/v1/payments/${payment?.id}`, key: mine.key })
})

import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { order, wellFormed } from '../support/requests.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useSandboxWorld()
const withoutCards = useWorld()

refuses('payBackorder', 'payment_ended', 'an order that is paid already', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['done.test'])
  const { key } = await givenCustomer(ctx)
  const placed = await send(order('done.test', key))
  return send({ method: 'POST', path: `${placed.headers.get('Location')}/payments`, key })
})

refuses('payBackorder', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(withoutCards.ctx)
  return withoutCards.send({ ...wellFormed.payBackorder, key })
})

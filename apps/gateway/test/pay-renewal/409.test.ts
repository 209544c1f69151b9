import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useSandboxWorld()
const withoutCards = useWorld()

refuses('payRenewal', 'payment_ended', 'a renewal that is paid already', async () => {
  const { ctx, send } = world()
  const { key } = await givenCustomer(ctx)
  const renewed = await quoteAndRenew(send, await givenCaught(world(), 'done.test', key), key)
  return send({ method: 'POST', path: `${renewed.headers.get('Location')}/payments`, key })
})

refuses('payRenewal', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(withoutCards.ctx)
  return withoutCards.send({ ...wellFormed.payRenewal, key })
})

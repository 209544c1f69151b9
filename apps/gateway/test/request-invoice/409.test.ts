import { givenBilled, givenCaught, requestInvoice } from '../support/invoices.ts'
import { refuses } from '../support/refuses.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('requestInvoice', 'invoice_not_available', 'a backorder whose drop is still to come', async () => {
  const customer = await givenBilled(world)
  await givenListings(world.ctx, ['waiting.test'])
  const placed = await world.send(order('waiting.test', customer.key))
  return world.send({ method: 'POST', path: `${placed.headers.get('Location')}/invoice`, key: customer.key })
})

refuses(
  'requestInvoice',
  'billing_profile_missing',
  'an account that has not said whom it is for',
  async () => {
    const customer = await givenCustomer(world.ctx)
    return requestInvoice(world.send, customer, await givenCaught(world, customer, 'nobody.test'))
  },
)

import { givenBilled, givenCaught, givenRenewal } from '../support/invoices.ts'
import { refuses } from '../support/refuses.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('requestRenewalInvoice', 'billing_profile_missing', 'an account that named nobody', async () => {
  const customer = await givenCustomer(world.ctx)
  const id = await givenRenewal(world, customer, await givenCaught(world, customer, 'nobody.test'))
  return world.send({ method: 'POST', path: `/v1/renewals/${id}/invoice`, key: customer.key })
})

refuses(
  'requestRenewalInvoice',
  'invoice_not_available',
  'a renewal that is not carried out yet',
  async () => {
    const customer = await givenBilled(world)
    const backorderId = await givenCaught(world, customer, 'waiting.test')
    const id = await givenRenewal(world, customer, backorderId, { waits: true })
    return world.send({ method: 'POST', path: `/v1/renewals/${id}/invoice`, key: customer.key })
  },
)

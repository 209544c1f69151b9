import { givenInvoice } from '../support/invoices.ts'
import { refuses } from '../support/refuses.ts'
import { wellFormed } from '../support/requests.ts'
import { givenCustomer, useWorld } from '../support/world.ts'

const world = useWorld()

refuses('getInvoice', 'invoice_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getInvoice, key })
})

refuses('getInvoice', 'invoice_not_found', 'the invoice of another account', async () => {
  const { path } = await givenInvoice(world, 'theirs.test')
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path, key })
})

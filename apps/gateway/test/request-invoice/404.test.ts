import { givenBilled, givenCaught, requestInvoice } from '../support/invoices.ts'
import { refuses } from '../support/refuses.ts'
import { someId } from '../support/requests.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()

refuses('requestInvoice', 'backorder_not_found', 'an id that nobody has', async () =>
  requestInvoice(world.send, await givenBilled(world), someId),
)

refuses('requestInvoice', 'backorder_not_found', 'the backorder of another account', async () => {
  const theirs = await givenCaught(world, await givenBilled(world), 'theirs.test')
  return requestInvoice(world.send, await givenBilled(world), theirs)
})

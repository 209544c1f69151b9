import { refuses } from '../support/refuses.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, inHours, useWorld } from '../support/world.ts'

const world = useWorld()

type Change = { state?: 'closed'; cutoff_at?: Date; premium?: true; reserved?: true; suspect?: true }

/** Orders a listed name after `change` was made to its listing. */
async function orderAfter(name: string, change: Change): Promise<Response> {
  await givenListings(world.ctx, [name])
  await world.ctx.db.updateTable('listing').set(change).where('name', '=', name).execute()
  const { key } = await givenCustomer(world.ctx)
  return world.send(order(name, key))
}

refuses('placeBackorder', 'listing_not_open_yet', 'a name before its listing opens', async () => {
  await givenListings(world.ctx, ['early.test'], { opensAt: inHours(1) })
  const { key } = await givenCustomer(world.ctx)
  return world.send(order('early.test', key))
})

refuses('placeBackorder', 'listing_closed', 'a listing that was closed', () =>
  orderAfter('closed.test', { state: 'closed' }),
)

refuses(
  'placeBackorder',
  'cutoff_passed',
  'a name past its cut-off, though its listing is not closed yet',
  () => orderAfter('late.test', { cutoff_at: new Date(Date.now() - 1) }),
)

refuses('placeBackorder', 'zone_disabled', 'a name of a disabled zone', async () => {
  await givenListings(world.ctx, ['stopped.disabled'])
  await world.ctx.db.updateTable('zone').set({ enabled: false }).where('name', '=', 'disabled').execute()
  const { key } = await givenCustomer(world.ctx)
  return world.send(order('stopped.disabled', key))
})

refuses('placeBackorder', 'name_premium', 'a premium name', () => orderAfter('gold.test', { premium: true }))

refuses('placeBackorder', 'name_reserved', 'a reserved name', () =>
  orderAfter('kept.test', { reserved: true }),
)

refuses('placeBackorder', 'name_suspect', 'a name that left its list', () =>
  orderAfter('gone.test', { suspect: true }),
)

refuses('placeBackorder', 'name_taken', 'a name that another account holds', async () => {
  await givenListings(world.ctx, ['taken.test'])
  const [first, second] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  await world.send(order('taken.test', first.key))
  return world.send(order('taken.test', second.key))
})

refuses('placeBackorder', 'name_taken', 'a second order of the same account', async () => {
  await givenListings(world.ctx, ['twice.test'])
  const { key } = await givenCustomer(world.ctx)
  await world.send(order('twice.test', key))
  return world.send(order('twice.test', key))
})

refuses('placeBackorder', 'price_unavailable', 'an account in a currency without a price', async () => {
  await givenListings(world.ctx, ['unpriced.test'])
  const { key } = await givenCustomer(world.ctx, { currency: 'CHF' })
  return world.send(order('unpriced.test', key))
})

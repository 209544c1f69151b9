import { refuses } from '../support/refuses.ts'
import { givenCaught, quoteAndRenew } from '../support/renewals.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

const ask = (path: string, key: string) => world.send({ path: `${path}/renewal-quote`, key })

refuses('quoteRenewal', 'backorder_not_renewable', 'a name that is not caught yet', async () => {
  await givenListings(world.ctx, ['early.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('early.test', key))
  return ask(placed.headers.get('Location') ?? '', key)
})

refuses('quoteRenewal', 'registration_expired', 'a name whose registration has ended', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'ended.test', key)
  await world.ctx.db
    .updateTable('registration')
    .set({ cr_date: new Date(0), expires_at: new Date() })
    .where('name', '=', 'ended.test')
    .execute()
  return ask(path, key)
})

refuses('quoteRenewal', 'renewal_pending', 'a name whose renewal is not decided', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'pending.test', key)
  await quoteAndRenew(world.send, path, key)
  return ask(path, key)
})

refuses('quoteRenewal', 'price_unavailable', 'an account in a currency without a price', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'unpriced.test', key)
  await world.ctx.db.deleteFrom('renewal_price').execute()
  return ask(path, key)
})

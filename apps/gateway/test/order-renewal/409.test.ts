import { refuses } from '../support/refuses.ts'
import { givenCaught, quote, quoteAndRenew, renew } from '../support/renewals.ts'
import { order, wellFormed } from '../support/requests.ts'
import { givenCustomer, givenListings, useWorld } from '../support/world.ts'

const world = useWorld()

/** Somebody's caught name with a quote for it. */
async function given(name: string) {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, name, key)
  return { key, path, quoted: await quote(world.send, path, key) }
}

refuses('orderRenewal', 'backorder_not_renewable', 'a name that is not caught yet', async () => {
  await givenListings(world.ctx, ['early.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('early.test', key))
  return world.send({
    ...wellFormed.orderRenewal,
    path: `${placed.headers.get('Location')}/renewals`,
    key,
  })
})

refuses('orderRenewal', 'registration_expired', 'a name whose registration has ended since', async () => {
  const { key, path, quoted } = await given('ended.test')
  await world.ctx.db
    .updateTable('registration')
    .set({ cr_date: new Date(0), expires_at: new Date() })
    .where('name', '=', 'ended.test')
    .execute()
  return world.send(renew(path, key, quoted))
})

refuses('orderRenewal', 'renewal_pending', 'the same order again', async () => {
  const { key, path, quoted } = await given('twice.test')
  await world.send(renew(path, key, quoted))
  return world.send(renew(path, key, quoted))
})

refuses('orderRenewal', 'renewal_quote_stale', 'another price than the quoted', async () => {
  const { key, path, quoted } = await given('cheap.test')
  const price = { ...quoted.price, amount_minor: quoted.price.amount_minor - 1 }
  return world.send(renew(path, key, { ...quoted, price }))
})

refuses('orderRenewal', 'renewal_quote_stale', 'another currency than the quoted', async () => {
  const { key, path, quoted } = await given('foreign.test')
  return world.send(renew(path, key, { ...quoted, price: { ...quoted.price, currency: 'JPY' } }))
})

refuses('orderRenewal', 'card_unavailable', 'where no provider is set up', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenCaught(world, 'cards.test', key)
  return quoteAndRenew(world.send, path, key, 'card')
})

refuses('orderRenewal', 'price_unavailable', 'a name whose zone is not renewed any more', async () => {
  const { key, path, quoted } = await given('unpriced.test')
  await world.ctx.db.deleteFrom('renewal_price').execute()
  return world.send(renew(path, key, quoted))
})

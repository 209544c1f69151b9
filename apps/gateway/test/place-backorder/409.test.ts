import { expect, test } from 'vitest'
import { useSandboxWorld } from '../support/card-world.ts'
import { expectProblem, refuses } from '../support/refuses.ts'
import { order } from '../support/requests.ts'
import { givenCustomer, givenListings, inHours, useWorld } from '../support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

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

refuses('placeBackorder', 'already_yours', 'a second order of the same account', async () => {
  await givenListings(world.ctx, ['twice.test'])
  const { key } = await givenCustomer(world.ctx)
  await world.send(order('twice.test', key))
  return world.send(order('twice.test', key))
})

test.each(['balance', 'card'])(
  'an order by %s that is repeated names the order that stands, even past the cut-off, and costs nothing',
  async (payment) => {
    const { ctx, send } = withCards()
    const name = `again-${payment}.test`
    await givenListings(ctx, [name])
    const { key } = await givenCustomer(ctx)
    const placed = await send(order(name, key, payment))
    const path = placed.headers.get('Location')
    const balance = await (await send({ path: '/v1/balance', key })).text()
    const repeated = async () => expectProblem(await send(order(name, key, 'balance')), 'already_yours')
    expect(`/v1/backorders/${(await repeated())['backorder_id']}`).toBe(path)
    const past = new Date(Date.now() - 1)
    await ctx.db.updateTable('listing').set({ cutoff_at: past }).where('name', '=', name).execute()
    expect(`/v1/backorders/${(await repeated())['backorder_id']}`).toBe(path)
    expect(await (await send({ path: '/v1/balance', key })).text()).toBe(balance)
  },
)

refuses('placeBackorder', 'price_unavailable', 'an account in a currency without a price', async () => {
  await givenListings(world.ctx, ['unpriced.test'])
  const { key } = await givenCustomer(world.ctx, { currency: 'CHF' })
  return world.send(order('unpriced.test', key))
})

refuses('placeBackorder', 'card_unavailable', 'an order by card where no provider is set up', async () => {
  await givenListings(world.ctx, ['cardless.test'])
  const { key } = await givenCustomer(world.ctx)
  return world.send(order('cardless.test', key, 'card'))
})

test('an order that was refused for want of a provider holds nothing', async () => {
  await givenListings(world.ctx, ['unheld.test'])
  const { key } = await givenCustomer(world.ctx)
  await world.send(order('unheld.test', key, 'card'))
  const listing = await world.send({ path: '/v1/listings/unheld.test', key })
  expect(await listing.json()).toMatchObject({ held: false, orderable: true })
})

refuses('placeBackorder', 'hold_not_available', 'a second hold of one name in its cycle', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['held-once.test'])
  const [first, second] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  const placed = await send(order('held-once.test', first.key, 'card'))
  await send({ method: 'POST', path: `${placed.headers.get('Location')}/release`, key: first.key })
  return send(order('held-once.test', second.key, 'card'))
})

refuses('placeBackorder', 'hold_too_late', 'a hold within minutes of the cut-off', async () => {
  const { ctx, send } = withCards()
  await givenListings(ctx, ['soon.test'], { purgeAt: inHours(0.05) })
  const { key } = await givenCustomer(ctx)
  return send(order('soon.test', key, 'card'))
})

refuses(
  'placeBackorder',
  'hold_limit_reached',
  'more unpaid orders than a new account may have',
  async () => {
    const { ctx, send } = withCards()
    const names = ['a-many.test', 'b-many.test', 'c-many.test', 'd-many.test'] as const
    await givenListings(ctx, names)
    const { key } = await givenCustomer(ctx)
    for (const name of names.slice(0, 3)) expect((await send(order(name, key, 'card'))).status).toBe(201)
    return send(order(names[3], key, 'card'))
  },
)

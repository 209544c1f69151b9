import { useSandboxWorld } from '../support/card-world.ts'
import { refuses } from '../support/refuses.ts'
import { order, payFor } from '../support/requests.ts'
import { givenCustomer, givenListings, inHours, useWorld } from '../support/world.ts'

const world = useSandboxWorld()
const withoutCards = useWorld()

type Change = { state?: 'closed'; cutoff_at?: Date; premium?: true; reserved?: true; suspect?: true }

/** Asks to pay for a listed name after `change` was made to its listing. */
async function payAfter(name: string, change: Change): Promise<Response> {
  const { ctx, send } = world()
  await givenListings(ctx, [name])
  await ctx.db.updateTable('listing').set(change).where('name', '=', name).execute()
  const { key } = await givenCustomer(ctx)
  return send(payFor(name, key))
}

refuses('payForName', 'listing_not_open_yet', 'a name before its listing opens', async () => {
  await givenListings(world().ctx, ['early.test'], { opensAt: inHours(1) })
  const { key } = await givenCustomer(world().ctx)
  return world().send(payFor('early.test', key))
})

refuses('payForName', 'listing_closed', 'a listing that was closed', () =>
  payAfter('closed.test', { state: 'closed' }),
)

refuses('payForName', 'cutoff_passed', 'a name past its cut-off', () =>
  payAfter('late.test', { cutoff_at: new Date(Date.now() - 1) }),
)

refuses('payForName', 'zone_disabled', 'a name of a disabled zone', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['stopped.disabled'])
  await ctx.db.updateTable('zone').set({ enabled: false }).where('name', '=', 'disabled').execute()
  const { key } = await givenCustomer(ctx)
  return send(payFor('stopped.disabled', key))
})

refuses('payForName', 'name_premium', 'a premium name', () => payAfter('gold.test', { premium: true }))

refuses('payForName', 'name_reserved', 'a reserved name', () => payAfter('kept.test', { reserved: true }))

refuses('payForName', 'name_suspect', 'a name that left its list', () =>
  payAfter('gone.test', { suspect: true }),
)

refuses('payForName', 'name_taken', 'a name that somebody holds, paid or not', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['taken.test'])
  const [first, second] = [await givenCustomer(ctx), await givenCustomer(ctx)]
  await send(order('taken.test', first.key, 'card'))
  return send(payFor('taken.test', second.key))
})

refuses('payForName', 'already_yours', 'a name that the account holds itself', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['own.test'])
  const { key } = await givenCustomer(ctx)
  await send(order('own.test', key))
  return send(payFor('own.test', key))
})

refuses('payForName', 'price_unavailable', 'an account in a currency without a price', async () => {
  await givenListings(world().ctx, ['unpriced.test'])
  const { key } = await givenCustomer(world().ctx, { currency: 'CHF' })
  return world().send(payFor('unpriced.test', key))
})

refuses('payForName', 'hold_too_late', 'a name within minutes of its cut-off', async () => {
  await givenListings(world().ctx, ['soon.test'], { purgeAt: inHours(0.05) })
  const { key } = await givenCustomer(world().ctx)
  return world().send(payFor('soon.test', key))
})

refuses('payForName', 'card_unavailable', 'where no provider is set up', async () => {
  await givenListings(withoutCards.ctx, ['cardless.test'])
  const { key } = await givenCustomer(withoutCards.ctx)
  return withoutCards.send(payFor('cardless.test', key))
})

refuses('payForName', 'payment_limit_reached', 'one more open payment than an account may have', async () => {
  const { ctx, send } = world()
  await givenListings(ctx, ['a-second.test'])
  const { key, accountId } = await givenCustomer(ctx)
  await ctx.db.updateTable('account').set({ open_payments_max: 1 }).where('id', '=', accountId).execute()
  await send(payFor('a-second.test', key))
  return send(payFor('a-second.test', key))
})

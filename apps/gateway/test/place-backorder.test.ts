import { describe, expect, test } from 'vitest'
import { Backorder } from '../src/resources/backorders.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { order } from './support/requests.ts'
import { givenBlocked, givenCustomer, givenListings, inHours, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

answers(
  'placeBackorder',
  201,
  'an order secures the name at its price and leads to the backorder',
  async () => {
    await givenListings(world.ctx, ['mine.test'])
    const { key } = await givenCustomer(world.ctx)
    const response = await world.send(order('Mine.TEST.', key))
    expect(response.status).toBe(201)
    const backorder = Backorder.parse(await response.json())
    expect(backorder).toMatchObject({
      name: 'mine.test',
      state: 'backordered',
      price: { amount_minor: priceMinor, currency: 'USD' },
    })
    expect(backorder.secured_at).toBe(backorder.created_at)
    const path = response.headers.get('Location') ?? ''
    expect(path).toBe(`/v1/backorders/${backorder.id}`)
    const read = await world.send({ path, key })
    expect(await read.json()).toMatchObject(backorder)
  },
)

test('of 20 customers that order one name at once, one has it and 19 are answered name_taken', async () => {
  await givenListings(world.ctx, ['rush.test'])
  const customers = await Promise.all(Array.from({ length: 20 }, () => givenCustomer(world.ctx)))
  const responses = await Promise.all(customers.map(({ key }) => world.send(order('rush.test', key))))
  const results = await Promise.all(
    responses.map(async (response): Promise<unknown> => (response.ok ? 'has it' : response.json())),
  )
  expect(results.filter((result) => result === 'has it')).toHaveLength(1)
  expect(results.filter((result) => result !== 'has it')).toMatchObject(
    Array.from({ length: 19 }, () => ({ code: 'name_taken', status: 409 })),
  )
})

test('an order of a listing with a time that the API cannot write is answered, and shown with every page it is on', async () => {
  await givenListings(world.ctx, ['far.test', 'near.test'])
  const { key } = await givenCustomer(world.ctx)
  // From before the tables promised it.
  const { db } = world.ctx
  await db.schema.alterTable('listing').dropConstraint('listing_times_fit').ifExists().execute()
  await db
    .updateTable('listing')
    .set({ drop_to: new Date('+010000-01-01T00:00:30Z') })
    .where('name', '=', 'far.test')
    .execute()
  const placed = await world.send(order('far.test', key))
  expect(placed.status).toBe(201)
  expect(await placed.json()).toMatchObject({ name: 'far.test', drop_to: '9999-12-31T23:59:59.999Z' })
  for (const path of ['/v1/backorders', '/v1/listings', placed.headers.get('Location') ?? '']) {
    const read = await world.send({ path, key })
    expect([path, read.status]).toEqual([path, 200])
    expect(await read.text()).toContain('far.test')
  }
})

refuses('placeBackorder', 'insufficient_balance', 'an account that is one cent short', async () => {
  await givenListings(world.ctx, ['dear.test'])
  const { key } = await givenCustomer(world.ctx, { balanceMinor: BigInt(priceMinor - 1) })
  return world.send(order('dear.test', key))
})

test('a name that was refused for want of money is free for the next', async () => {
  await givenListings(world.ctx, ['free-again.test'])
  const [poor, rich] = [await givenCustomer(world.ctx, { balanceMinor: 0n }), await givenCustomer(world.ctx)]
  expect((await world.send(order('free-again.test', poor.key))).status).toBe(402)
  expect((await world.send(order('free-again.test', rich.key))).status).toBe(201)
})

refuses('placeBackorder', 'listing_not_found', 'a name that is on no list', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send(order('unlisted.test', key))
})

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

refuses('placeBackorder', 'name_blocked', 'a name that operators blocked', async () => {
  await givenBlocked(world.ctx, 'court.test')
  const { key } = await givenCustomer(world.ctx)
  return world.send(order('court.test', key))
})

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

const post = (body: unknown) => sendUnreached({ method: 'POST', path: '/v1/backorders', key: someKey, body })

refuses('placeBackorder', 'invalid_request', 'an unknown member', () =>
  post({ name: 'a.test', payment: 'balance', years: 2 }),
)

refuses('placeBackorder', 'invalid_name', 'what is no domain name', () =>
  sendUnreached(order('not a name', someKey)),
)

test.each([
  ['without payment', { name: 'a.test' }, '/payment'],
  ['with another payment', { name: 'a.test', payment: 'cash' }, '/payment'],
  ['without a name', { payment: 'balance' }, '/name'],
  ['with a name that is no text', { name: 7, payment: 'balance' }, '/name'],
  ['that is a list', [], ''],
  ['that is null', null, ''],
])('an order %s is refused with the place of the error', async (_, body, place) => {
  const response = await post(JSON.stringify(body))
  expect((await expectProblem(response, 'invalid_request')).errors).toMatchObject([{ pointer: place }])
})

test.each(['balance', 'card'])(
  'an order by %s keeps the reference of the reseller, trimmed, and every view has it',
  async (payment) => {
    const { ctx, send } = withCards()
    const name = `referred-${payment}.test`
    await givenListings(ctx, [name])
    const { key } = await givenCustomer(ctx)
    const ask = order(name, key, payment)
    const placed = await send({ ...ask, body: { name, payment, reference: '  PO 4711/ä ' } })
    expect(placed.status).toBe(201)
    expect(await placed.json()).toMatchObject({ reference: 'PO 4711/ä' })
    const path = placed.headers.get('Location') ?? ''
    expect(await (await send({ path, key })).json()).toMatchObject({ reference: 'PO 4711/ä' })
    const list = await send({ path: '/v1/backorders', key })
    expect(await list.json()).toMatchObject({ items: [{ name, reference: 'PO 4711/ä' }] })
  },
)

test.each(['balance', 'card'])(
  'an order by %s keeps the data of the reseller as it was written',
  async (payment) => {
    const { ctx, send } = withCards()
    const name = `described-${payment}.test`
    await givenListings(ctx, [name])
    const { key } = await givenCustomer(ctx)
    const metadata = {
      orderId: '7',
      snake_case: 'ä\n{}',
      currency: 'USD',
      ['k'.repeat(40)]: '語'.repeat(500),
    }
    const placed = await send({ ...order(name, key, payment), body: { name, payment, metadata } })
    expect(placed.status).toBe(201)
    expect(await placed.json()).toMatchObject({ metadata })
    const path = placed.headers.get('Location') ?? ''
    expect(await (await send({ path, key })).json()).toMatchObject({ metadata })
    expect(await (await send({ path: '/v1/backorders', key })).json()).toMatchObject({
      items: [{ metadata }],
    })
  },
)

const keys = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${index}`, 'value']))

test.each([
  ['with 21 keys', keys(21)],
  ['with an empty key', { '': 'value' }],
  ['with a key of 41 characters', { ['k'.repeat(41)]: 'value' }],
  ['with a text of 501 characters', { key: 'v'.repeat(501) }],
  ['with a number', { key: 7 }],
  ['that is a list', ['value']],
])('metadata %s is refused, and the answer names it', async (_, metadata) => {
  const body = { name: 'a.test', payment: 'balance', metadata }
  const response = await sendUnreached({ method: 'POST', path: '/v1/backorders', key: someKey, body })
  expect((await expectProblem(response, 'invalid_request')).detail).toMatch(/^metadata/)
})

const expecting = (name: string, amount: number, currency = 'USD', payment = 'balance') => ({
  method: 'POST',
  path: '/v1/backorders',
  body: { name, payment, expected_price: { amount_minor: amount, currency } },
})

describe('an expected price', () => {
  test('that is the price changes nothing, and 20 keys are not too many', async () => {
    await givenListings(world.ctx, ['as-expected.test'])
    const { key } = await givenCustomer(world.ctx)
    const ask = expecting('as-expected.test', priceMinor)
    const placed = await world.send({ ...ask, key, body: { ...ask.body, metadata: keys(20) } })
    expect(placed.status).toBe(201)
  })

  refuses(
    'placeBackorder',
    'price_changed',
    'where another price is expected, and says which it is',
    async () => {
      const { ctx, send } = withCards()
      await givenListings(ctx, ['dearer.test'])
      const { key } = await givenCustomer(ctx)
      for (const wrong of [
        expecting('dearer.test', priceMinor - 1),
        expecting('dearer.test', priceMinor, 'EUR'),
        expecting('dearer.test', priceMinor - 1, 'USD', 'card'),
      ]) {
        expect(await expectProblem(await send({ ...wrong, key }), 'price_changed')).toMatchObject({
          price: { amount_minor: priceMinor, currency: 'USD' },
        })
      }
      expect(await (await send({ path: '/v1/backorders', key })).json()).toMatchObject({ items: [] })
      return send({ ...expecting('dearer.test', priceMinor + 1), key })
    },
  )
})

test('an order without a reference has none in any view', async () => {
  await givenListings(world.ctx, ['unreferred.test'])
  const { key } = await givenCustomer(world.ctx)
  const placed = await world.send(order('unreferred.test', key))
  expect(await placed.json()).not.toHaveProperty('reference')
  expect(await (await world.send({ path: '/v1/backorders', key })).json()).not.toMatchObject({
    items: [{ reference: expect.anything() }],
  })
})

test.each([
  ['empty', ''],
  ['only spaces', '   '],
  ['of 65 characters', 'x'.repeat(65)],
  ['of two lines', 'a\nb'],
  ['that is no text', 7],
])('a reference %s is refused, and the answer names it', async (_, reference) => {
  const body = { name: 'a.test', payment: 'balance', reference }
  const response = await sendUnreached({ method: 'POST', path: '/v1/backorders', key: someKey, body })
  expect((await expectProblem(response, 'invalid_request')).errors).toMatchObject([{ pointer: '/reference' }])
})

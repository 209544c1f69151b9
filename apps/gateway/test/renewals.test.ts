import { expect, test } from 'vitest'
import { Registration } from '../src/resources/registration-views.ts'
import { OrderedRenewal, Renewal, RenewalPage } from '../src/resources/renewals.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { useSandboxWorld } from './support/card-world.ts'
import { answers, refuses } from './support/refuses.ts'
import { confirm } from './support/registrations.ts'
import { givenRenewable, quote, quoteAndRenew, renew } from './support/renewals.ts'
import { someId, wellFormed } from './support/requests.ts'
import { givenCustomer, priceMinor, renewalMinor, useWorld } from './support/world.ts'

const world = useWorld()
const withCards = useSandboxWorld()

answers(
  'quoteRenewal',
  200,
  'a quote has the price of the years, the expiry, and the expiry after the renewal',
  async () => {
    const { key } = await givenCustomer(world.ctx)
    const path = await givenRenewable(world, 'mine.test', key)
    const detail = Registration.parse(await (await world.send({ path, key })).json())
    const quoted = await quote(world.send, path, key, 2)
    expect(quoted).toMatchObject({
      registration_id: detail.id,
      backorder_id: detail.backorder_id,
      name: 'mine.test',
      years: 2,
      price: { amount_minor: 2 * renewalMinor, currency: 'USD' },
      expires_at: detail.expires_at,
      valid_until: detail.expires_at,
    })
    expect(Number(quoted.new_expires_at.slice(0, 4))).toBe(Number(quoted.expires_at.slice(0, 4)) + 2)
  },
)

test('a quote is for one year by default', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'plain.test', key)
  const response = await world.send({ path: `${path}/renewal-quote`, key })
  expect(await response.json()).toMatchObject({ years: 1, price: { amount_minor: renewalMinor } })
})

refuses('quoteRenewal', 'registration_not_found', 'the name of another account', async () => {
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const path = await givenRenewable(world, 'theirs.test', theirs.key)
  return world.send({ path: `${path}/renewal-quote`, key: mine.key })
})

const ask = (path: string, key: string) => world.send({ path: `${path}/renewal-quote`, key })

refuses('quoteRenewal', 'registration_ended', 'a name that is no longer registered here', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'gone.test', key)
  await confirm(world.ctx, path.split('/').at(-1) ?? '', 'not_held')
  return ask(path, key)
})

refuses('quoteRenewal', 'registration_expired', 'a name that expired too long ago', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'ended.test', key)
  await world.ctx.db
    .updateTable('registration')
    .set({ cr_date: new Date(0), expires_at: new Date(), renewable_until: new Date() })
    .where('name', '=', 'ended.test')
    .execute()
  return ask(path, key)
})

refuses('quoteRenewal', 'renewal_pending', 'a name whose renewal is not decided', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'pending.test', key)
  await quoteAndRenew(world.send, path, key)
  return ask(path, key)
})

refuses('quoteRenewal', 'price_unavailable', 'an account in a currency without a price', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'unpriced.disabled', key)
  await world.ctx.db.deleteFrom('renewal_price').where('zone', '=', 'disabled').execute()
  return ask(path, key)
})

refuses('quoteRenewal', 'invalid_request', 'years that are no number', () =>
  sendUnreached({ path: `/v1/registrations/${someId}/renewal-quote?years=many`, key: someKey }),
)

refuses('quoteRenewal', 'renewal_too_long', 'years beyond the tenth from now', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'far.test', key)
  await world.ctx.db
    .updateTable('registration')
    .set({ expires_at: new Date(Date.now() + 2 * 366 * 86_400_000), renewable_until: null })
    .execute()
  return world.send({ path: `${path}/renewal-quote?years=9`, key })
})

answers(
  'orderRenewal',
  201,
  'a renewal from the balance is paid at once, and the statement shows it',
  async () => {
    const { key } = await givenCustomer(world.ctx)
    const path = await givenRenewable(world, 'mine-2.test', key)
    const response = await quoteAndRenew(world.send, path, key)
    expect(response.status).toBe(201)
    const renewal = OrderedRenewal.parse(await response.json())
    expect(renewal).toMatchObject({
      name: 'mine-2.test',
      state: 'paid',
      years: 1,
      price: { amount_minor: renewalMinor, currency: 'USD' },
    })
    expect(renewal).not.toHaveProperty('payment')
    const location = response.headers.get('Location') ?? ''
    expect(location).toBe(`/v1/renewals/${renewal.id}`)
    const read = await world.send({ path: location, key })
    expect(Renewal.parse(await read.json())).toEqual(renewal)
    const statement = await world.send({ path: '/v1/transactions?limit=1', key })
    expect(await statement.json()).toMatchObject({
      items: [{ cause: 'secure', renewal_id: renewal.id, name: 'mine-2.test' }],
    })
  },
)

test('a renewal by card waits for its payment, and is paid when that is captured', async () => {
  const { key } = await givenCustomer(withCards().ctx)
  const path = await givenRenewable(withCards(), 'card.test', key)
  const response = await quoteAndRenew(withCards().send, path, key, 'card')
  const { payment, ...renewal } = OrderedRenewal.parse(await response.json())
  expect(renewal).toMatchObject({ state: 'pending_payment', pay_by: payment?.pay_by })
  expect(payment).toMatchObject({
    purpose: 'renewal',
    renewal_id: renewal.id,
    client_secret: expect.any(String),
  })
  await withCards().pay(payment ?? {}, 'approve')
  await withCards().work()
  const read = await withCards().send({ path: `/v1/renewals/${renewal.id}`, key })
  expect(await read.json()).toMatchObject({ state: 'paid', paid_at: expect.any(String) })
})

refuses('orderRenewal', 'insufficient_balance', 'an account that is one cent short', async () => {
  const { key } = await givenCustomer(world.ctx, { balanceMinor: BigInt(priceMinor + renewalMinor - 1) })
  const path = await givenRenewable(world, 'dear.test', key)
  return quoteAndRenew(world.send, path, key)
})

refuses('orderRenewal', 'registration_not_found', 'the name of another account', async () => {
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const path = await givenRenewable(world, 'theirs-2.test', theirs.key)
  return world.send(renew(path, mine.key, await quote(world.send, path, theirs.key)))
})

/** A caught name with a quote for its renewal. */
async function given(name: string) {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, name, key)
  return { key, path, quoted: await quote(world.send, path, key) }
}

refuses('orderRenewal', 'registration_ended', 'a name that is no longer registered here', async () => {
  const { key, path, quoted } = await given('gone-2.test')
  await confirm(world.ctx, path.split('/').at(-1) ?? '', 'not_held')
  return world.send(renew(path, key, quoted))
})

refuses('orderRenewal', 'registration_expired', 'a name that is no longer renewable since', async () => {
  const { key, path, quoted } = await given('ended-2.test')
  await world.ctx.db
    .updateTable('registration')
    .set({ cr_date: new Date(0), expires_at: new Date(), renewable_until: new Date() })
    .where('name', '=', 'ended-2.test')
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
  const path = await givenRenewable(world, 'cards.test', key)
  return quoteAndRenew(world.send, path, key, 'card')
})

refuses('orderRenewal', 'price_unavailable', 'a name whose zone is not renewed any more', async () => {
  const { key, path, quoted } = await given('unpriced.unrenewed')
  await world.ctx.db.deleteFrom('renewal_price').where('zone', '=', 'unrenewed').execute()
  return world.send(renew(path, key, quoted))
})

const { body } = wellFormed.orderRenewal

refuses('orderRenewal', 'invalid_request', 'an unknown member', () =>
  sendUnreached({ ...wellFormed.orderRenewal, key: someKey, body: { ...body, coupon: 'free' } }),
)

refuses('orderRenewal', 'invalid_request', 'an order of ten years', () =>
  sendUnreached({ ...wellFormed.orderRenewal, key: someKey, body: { ...body, years: 10 } }),
)

refuses('orderRenewal', 'renewal_too_long', 'years beyond the tenth from now', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'far-2.test', key)
  const quoted = await quote(world.send, path, key)
  await world.ctx.db
    .updateTable('registration')
    .set({ expires_at: new Date(Date.now() + 2 * 366 * 86_400_000), renewable_until: null })
    .execute()
  return world.send(renew(path, key, { ...quoted, years: 9 }))
})

answers(
  'listRenewals',
  200,
  "an account sees its own renewals, newest first, in pages and by state, and never another's",
  async () => {
    const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
    for (const [name, { key }] of [
      ['one.test', mine],
      ['two.test', mine],
      ['theirs-3.test', theirs],
    ] as const) {
      await quoteAndRenew(world.send, await givenRenewable(world, name, key), key)
    }
    const list = async (query: string) => {
      const response = await world.send({ path: `/v1/renewals${query}`, key: mine.key })
      expect(response.status).toBe(200)
      return RenewalPage.parse(await response.json())
    }
    const first = await list('?limit=1')
    expect(first.items.map(({ name }) => name)).toEqual(['two.test'])
    const second = await list(`?limit=1&cursor=${first.next}`)
    expect(second.items.map(({ name }) => name)).toEqual(['one.test'])
    expect(second.next).toBeUndefined()
    expect((await list('?state=paid')).items).toHaveLength(2)
    const registrationId = second.items[0]?.registration_id
    expect((await list(`?registration_id=${registrationId}`)).items).toEqual(second.items)
    expect((await list('?state=failed')).items).toEqual([])
  },
)

refuses('listRenewals', 'invalid_request', 'an unknown state', () =>
  sendUnreached({ path: '/v1/renewals?state=hoped', key: someKey }),
)

refuses('listRenewals', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/renewals?cursor=${someId}`, key })
})

answers('getRenewal', 200, 'a renewal is read with its terms, and leads to its registration', async () => {
  const { key } = await givenCustomer(world.ctx)
  const path = await givenRenewable(world, 'mine-3.test', key)
  const ordered = await quoteAndRenew(world.send, path, key)
  const response = await world.send({ path: ordered.headers.get('Location') ?? '', key })
  expect(response.status).toBe(200)
  const renewal = Renewal.parse(await response.json())
  expect(renewal).toMatchObject({ name: 'mine-3.test', state: 'paid', paid_at: renewal.created_at })
  expect(path).toBe(`/v1/registrations/${renewal.registration_id}`)
})

refuses('getRenewal', 'renewal_not_found', 'an id that nobody has', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ ...wellFormed.getRenewal, key })
})

refuses('getRenewal', 'renewal_not_found', 'the renewal of another account', async () => {
  const [theirs, mine] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  const path = await givenRenewable(world, 'theirs-4.test', theirs.key)
  const ordered = await quoteAndRenew(world.send, path, theirs.key)
  return world.send({ path: ordered.headers.get('Location') ?? '', key: mine.key })
})

refuses('getRenewal', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/renewals/17', key: someKey }),
)

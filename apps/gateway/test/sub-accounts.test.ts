import { expect, test } from 'vitest'
import { untilAnswered } from '../../../packages/http/test/support/until-answered.ts'
import { ApiKeyPage, NewApiKey } from '../src/resources/api-keys.ts'
import { BackorderPage, PlacedBackorder } from '../src/resources/backorders.ts'
import { SubAccount, SubAccountPage } from '../src/resources/sub-accounts.ts'
import { sendUnreached, someKey, testSecret } from './support/app.ts'
import { givenCaught } from './support/invoices.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { carryOutChanges, findRegistration } from './support/registrations.ts'
import { order, someId, wellFormed } from './support/requests.ts'
import { givenTried } from './support/tried.ts'
import { type Customer, givenCustomer, givenListings, priceMinor, useWorld } from './support/world.ts'

const world = useWorld()

const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' })

async function make(key: string, body: object) {
  const response = await world.send({ method: 'POST', path: '/v1/sub-accounts', key, body })
  expect(response.status).toBe(201)
  return SubAccount.parse(await response.json())
}

/** A customer with a sub-account, and a key of that. */
async function givenSubAccount(limit?: number) {
  const { key, accountId } = await givenCustomer(world.ctx)
  const monthly_limit = limit === undefined ? undefined : usd(limit)
  const { id } = await make(key, { label: 'Berlin', monthly_limit })
  const body = {
    label: 'of Berlin',
    scopes: [
      'backorders:read',
      'backorders:write',
      'registrations:read',
      'registrations:write',
      'keys:manage',
    ],
    sub_account_id: id,
  }
  const made = await world.send({ method: 'POST', path: '/v1/api-keys', key, body })
  const { key: subKey = '' } = NewApiKey.parse(await made.json())
  return { key, accountId, id, subKey }
}

async function read(key: string, id: string) {
  return SubAccount.parse(await (await world.send({ path: `/v1/sub-accounts/${id}`, key })).json())
}

const namesOf = async (key: string, query = '') =>
  BackorderPage.parse(await (await world.send({ path: `/v1/backorders${query}`, key })).json()).items.map(
    ({ name }) => name,
  )

answers('createSubAccount', 201, 'a sub-account has a label and a limit, and has spent nothing', async () => {
  const { key } = await givenCustomer(world.ctx)
  const made = await make(key, { label: ' Paris ', monthly_limit: usd(5_000) })
  expect(made).toMatchObject({ label: 'Paris', monthly_limit: usd(5_000), spent: usd(0) })
  expect(made.month).toBe(new Date().toISOString().slice(0, 7))
})

answers(
  'getSubAccount',
  200,
  'an order by a key of it belongs to it and counts, and one by its parent too',
  async () => {
    await givenListings(world.ctx, ['sub-1.test', 'sub-2.test', 'sub-3.test'])
    const { key, id, subKey } = await givenSubAccount()
    const placed = PlacedBackorder.parse(await (await world.send(order('sub-1.test', subKey))).json())
    expect(placed.sub_account_id).toBe(id)
    const body = { name: 'sub-2.test', payment: 'balance', sub_account_id: id }
    expect((await world.send({ method: 'POST', path: '/v1/backorders', key, body })).status).toBe(201)
    await world.send(order('sub-3.test', key))
    expect(await read(key, id)).toMatchObject({ spent: usd(2 * priceMinor) })
    expect(await namesOf(key, `?sub_account_id=${id}`)).toEqual(['sub-2.test', 'sub-1.test'])
    expect(await namesOf(key)).toEqual(['sub-3.test', 'sub-2.test', 'sub-1.test'])
  },
)

test('a key of a sub-account sees the orders of its sub-account alone, and what belongs to them', async () => {
  await givenListings(world.ctx, ['own-sub.test', 'parents.test'])
  const { key, subKey } = await givenSubAccount()
  await world.send(order('own-sub.test', subKey))
  const placed = await world.send(order('parents.test', key))
  await givenTried(world.ctx, 'parents.test', 1, 'pa-0001')
  expect(await namesOf(subKey)).toEqual(['own-sub.test'])
  const path = placed.headers.get('Location') ?? ''
  const { payments, refunds } = (await (await world.send({ path, key })).json()) as {
    payments: readonly { readonly id: string }[]
    refunds: readonly { readonly id: string }[]
  }
  for (const hidden of [path, `${path}/attempts`, `${path}/timeline`])
    await expectProblem(await world.send({ path: hidden, key: subKey }), 'backorder_not_found')
  await expectProblem(
    await world.send({ method: 'POST', path: `${path}/release`, key: subKey }),
    'backorder_not_found',
  )
  await expectProblem(
    await world.send({ path: `/v1/payments/${payments[0]?.id}`, key: subKey }),
    'payment_not_found',
  )
  await expectProblem(
    await world.send({ path: `/v1/refunds/${refunds[0]?.id}`, key: subKey }),
    'refund_not_found',
  )
  await expectProblem(await world.send({ path: '/v1/balance', key: subKey }), 'insufficient_scope')
  const keys = ApiKeyPage.parse(await (await world.send({ path: '/v1/api-keys', key: subKey })).json())
  expect(keys.items.map(({ label }) => label)).toEqual(['of Berlin'])
})

refuses(
  'placeBackorder',
  'sub_account_limit_reached',
  'what exceeds the limit of the month; nothing is taken',
  async () => {
    await givenListings(world.ctx, ['within.test', 'beyond.test'])
    const { key, id, subKey } = await givenSubAccount(2 * priceMinor - 1)
    expect((await world.send(order('within.test', subKey))).status).toBe(201)
    const refused = await world.send(order('beyond.test', subKey))
    expect(await read(key, id)).toMatchObject({ spent: usd(priceMinor) })
    expect(await namesOf(subKey)).toEqual(['within.test'])
    return refused
  },
)

test('of ten orders at once under a limit of three, three are taken', async () => {
  const names = Array.from({ length: 10 }, (_, index) => `at-once-${index}.test`)
  await givenListings(world.ctx, names)
  const { key, id, subKey } = await givenSubAccount(3 * priceMinor)
  const responses = await Promise.all(
    names.map((name) => untilAnswered(() => world.send(order(name, subKey)))),
  )
  expect(responses.map(({ status }) => status).toSorted()).toEqual([
    201,
    201,
    201,
    ...Array<number>(7).fill(402),
  ])
  expect(await read(key, id)).toMatchObject({ spent: usd(3 * priceMinor) })
})

test('an order that fails is given back, and its place can be spent again', async () => {
  await givenListings(world.ctx, ['given-back.test', 'instead.test'])
  const { key, id, subKey } = await givenSubAccount(priceMinor)
  await world.send(order('given-back.test', subKey))
  await givenTried(world.ctx, 'given-back.test', 1, 'gb-0001')
  expect(await read(key, id)).toMatchObject({ spent: usd(0) })
  expect((await world.send(order('instead.test', subKey))).status).toBe(201)
})

refuses('placeBackorder', 'sub_account_not_found', 'the sub-account of another account', async () => {
  await givenListings(world.ctx, ['foreign.test'])
  const [{ id }, other] = [await givenSubAccount(), await givenCustomer(world.ctx)]
  const body = { name: 'foreign.test', payment: 'balance', sub_account_id: id }
  return world.send({ method: 'POST', path: '/v1/backorders', key: other.key, body })
})

test('a sub-account that nobody has is not found by a single order, and not by one of a bulk order', async () => {
  await givenListings(world.ctx, ['nobody.test', 'nobodys.test'])
  const { key } = await givenCustomer(world.ctx)
  const nobody = { sub_account_id: world.ctx.newId() }
  const body = { name: 'nobody.test', payment: 'balance', ...nobody }
  const single = await world.send({ method: 'POST', path: '/v1/backorders', key, body })
  await expectProblem(single, 'sub_account_not_found')
  const items = [{ name: 'nobodys.test', ...nobody }]
  const bulk = await world.send({ method: 'POST', path: '/v1/bulk-orders', key, body: { items } })
  const { id } = (await bulk.json()) as { id: string }
  const found = await world.send({ method: 'GET', path: `/v1/bulk-orders/${id}/items`, key })
  expect(await found.json()).toMatchObject({
    items: [{ state: 'refused', problem: { code: 'sub_account_not_found' } }],
  })
})

test('a key of a sub-account orders for no other, and makes keys for no other', async () => {
  await givenListings(world.ctx, ['sibling.test'])
  const { key, subKey, id } = await givenSubAccount()
  const sibling = await make(key, { label: 'Rome' })
  const body = { name: 'sibling.test', payment: 'balance', sub_account_id: sibling.id }
  const ordered = await world.send({ method: 'POST', path: '/v1/backorders', key: subKey, body })
  await expectProblem(ordered, 'sub_account_not_found')
  const ask = { method: 'POST', path: '/v1/api-keys', key: subKey }
  const mine = { label: 'x', scopes: ['backorders:read'] }
  const made = await world.send({ ...ask, body: mine })
  expect(await made.json()).toMatchObject({ sub_account_id: id })
  const theirs = await world.send({ ...ask, body: { ...mine, sub_account_id: sibling.id } })
  await expectProblem(theirs, 'sub_account_not_found')
})

refuses('createApiKey', 'sub_account_not_found', 'the sub-account of another account', async () => {
  const [{ id }, other] = [await givenSubAccount(), await givenCustomer(world.ctx)]
  const body = { label: 'x', scopes: ['backorders:read'], sub_account_id: id }
  return world.send({ method: 'POST', path: '/v1/api-keys', key: other.key, body })
})

refuses('orderRenewal', 'sub_account_limit_reached', 'a renewal that exceeds the limit', async () => {
  const { key, accountId, id, subKey } = await givenSubAccount(priceMinor + 1)
  const customer: Customer = { accountId, key: subKey }
  await givenCaught(world, customer, 'renew-sub.test')
  const path = `/v1/registrations/${await findRegistration(world.send, 'renew-sub.test', subKey)}`
  const quote = (await (await world.send({ path: `${path}/renewal-quote`, key: subKey })).json()) as object
  const { years, price, expires_at } = quote as { years: number; price: object; expires_at: string }
  const body = { years, price, expires_at, payment: 'balance' }
  expect(await read(key, id)).toMatchObject({ spent: usd(priceMinor) })
  return world.send({ method: 'POST', path: `${path}/renewals`, key: subKey, body })
})

test('a key of a sub-account neither sees nor changes a registration of its parent', async () => {
  const { key, accountId, subKey } = await givenSubAccount()
  await givenCaught(world, { accountId, key }, 'parents-own.test')
  const path = `/v1/registrations/${await findRegistration(world.send, 'parents-own.test', key)}`
  const list = await (await world.send({ path: '/v1/registrations', key: subKey })).json()
  expect(list).toMatchObject({ items: [] })
  const nameServers = { name_servers: [{ name: 'ns1.example.test' }, { name: 'ns2.example.test' }] }
  for (const hidden of [
    { path },
    { path: `${path}/renewal-quote` },
    { method: 'PUT', path: `${path}/name-servers`, body: nameServers },
    { method: 'POST', path: `${path}/auth-code` },
  ])
    await expectProblem(await world.send({ ...hidden, key: subKey }), 'registration_not_found')
  const asked = await world.send({ method: 'POST', path: `${path}/auth-code`, key })
  const { id } = (await asked.json()) as { id: string }
  await carryOutChanges(world.ctx, 'succeeded', testSecret.id)
  const show = { method: 'POST', path: `/v1/registration-requests/${id}/auth-code` }
  await expectProblem(await world.send({ ...show, key: subKey }), 'registration_request_not_found')
  expect((await world.send({ ...show, key })).status).toBe(200)
})

answers(
  'updateSubAccount',
  200,
  'label and limit are changed, and the limit is removed by null',
  async () => {
    await givenListings(world.ctx, ['lowered.test'])
    const { key, id, subKey } = await givenSubAccount(5 * priceMinor)
    const change = async (body: object) => {
      const response = await world.send({ method: 'PATCH', path: `/v1/sub-accounts/${id}`, key, body })
      expect(response.status).toBe(200)
      return SubAccount.parse(await response.json())
    }
    expect(await change({ label: 'Bonn' })).toMatchObject({
      label: 'Bonn',
      monthly_limit: usd(5 * priceMinor),
    })
    expect(await change({ monthly_limit: usd(0) })).toMatchObject({ monthly_limit: usd(0) })
    await expectProblem(await world.send(order('lowered.test', subKey)), 'sub_account_limit_reached')
    expect((await change({ monthly_limit: null })).monthly_limit).toBeUndefined()
    expect((await world.send(order('lowered.test', subKey))).status).toBe(201)
  },
)

const list = async (as: string, query = '') =>
  SubAccountPage.parse(await (await world.send({ path: `/v1/sub-accounts${query}`, key: as })).json())

answers('listSubAccounts', 200, 'those of the account, newest first; of a key of one, that one', async () => {
  const { key, id, subKey } = await givenSubAccount()
  const second = await make(key, { label: 'second' })
  const first = await list(key, '?limit=1')
  expect(first.items.map((each) => each.id)).toEqual([second.id])
  expect((await list(key, `?limit=1&cursor=${first.next}`)).items.map((each) => each.id)).toEqual([id])
  expect((await list(subKey)).items.map((each) => each.id)).toEqual([id])
})

const own = async () => (await givenCustomer(world.ctx)).key
const another = { label: 'another' }
refuses('createSubAccount', 'key_exceeds_own', 'a key of a sub-account', async () => {
  const { subKey } = await givenSubAccount()
  return world.send({ ...wellFormed.createSubAccount, key: subKey })
})
refuses('updateSubAccount', 'key_exceeds_own', 'a key of the sub-account itself', async () => {
  const { subKey, id } = await givenSubAccount()
  return world.send({ method: 'PATCH', path: `/v1/sub-accounts/${id}`, key: subKey, body: another })
})
refuses('createSubAccount', 'sub_account_exists', 'a label that another has', async () => {
  const key = await own()
  await make(key, another)
  return world.send({ ...wellFormed.createSubAccount, key, body: another })
})
refuses('updateSubAccount', 'sub_account_exists', 'a label that another has', async () => {
  const { key, id } = await givenSubAccount()
  await make(key, another)
  return world.send({ method: 'PATCH', path: `/v1/sub-accounts/${id}`, key, body: another })
})
const euros = { label: 'x', monthly_limit: { amount_minor: 1, currency: 'EUR' } }
refuses('createSubAccount', 'currency_mismatch', 'a limit of another currency', async () =>
  world.send({ ...wellFormed.createSubAccount, key: await own(), body: euros }),
)
refuses('updateSubAccount', 'currency_mismatch', 'a limit of another currency', async () => {
  const { key, id } = await givenSubAccount()
  return world.send({ method: 'PATCH', path: `/v1/sub-accounts/${id}`, key, body: euros })
})
refuses('getSubAccount', 'sub_account_not_found', 'that of another account', async () => {
  const { id } = await givenSubAccount()
  return world.send({ path: `/v1/sub-accounts/${id}`, key: await own() })
})
refuses('updateSubAccount', 'sub_account_not_found', 'that of another account', async () => {
  const { key, id } = await givenSubAccount()
  const ask = { method: 'PATCH', path: `/v1/sub-accounts/${id}`, body: another }
  const refused = await world.send({ ...ask, key: await own() })
  expect(await read(key, id)).toMatchObject({ label: 'Berlin' })
  return refused
})
refuses('createSubAccount', 'invalid_request', 'a limit below zero', () =>
  sendUnreached({
    ...wellFormed.createSubAccount,
    key: someKey,
    body: { label: 'x', monthly_limit: usd(-1) },
  }),
)
refuses('updateSubAccount', 'invalid_request', 'an unknown member', () =>
  sendUnreached({ ...wellFormed.updateSubAccount, key: someKey, body: { balance: 7 } }),
)
refuses('getSubAccount', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/sub-accounts/17', key: someKey }),
)
refuses('listSubAccounts', 'invalid_request', 'an unknown filter', () =>
  sendUnreached({ path: '/v1/sub-accounts?label=x', key: someKey }),
)
refuses('listSubAccounts', 'invalid_cursor', 'a cursor that no page ended with', async () =>
  world.send({ path: `/v1/sub-accounts?cursor=${someId}`, key: await own() }),
)

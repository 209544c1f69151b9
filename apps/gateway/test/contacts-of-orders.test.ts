import { requestHandlesOfOrders } from '@droplock/core/account-contacts/request-handles'
import { recordContactResult } from '@droplock/core/contacts/record-result'
import { claimDueRequest } from '@droplock/core/registry-requests/claim-due'
import { beforeAll, expect, test } from 'vitest'
import { NewApiKey } from '../src/resources/api-keys.ts'
import { OrderCheck } from '../src/resources/backorder-checks.ts'
import { Backorder, BackorderDetail, BackorderPage } from '../src/resources/backorders.ts'
import { BulkItemPage, BulkOrder } from '../src/resources/bulk-orders.ts'
import { Contact, ContactPage } from '../src/resources/contacts.ts'
import { SubAccount } from '../src/resources/sub-accounts.ts'
import { someContact, someId, wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, registryAccountId, useWorld } from './support/world.ts'

const world = useWorld()

/** Most zones of tests keep no contacts; here the registry keeps a registrant and a technical contact. */
beforeAll(async () => {
  const roles = ['registrant', 'tech']
  await world.ctx.db.updateTable('zone').set({ contact_roles: roles }).where('name', '=', 'test').execute()
})

async function givenContact(key: string, changes: object = {}): Promise<string> {
  const response = await world.send({
    ...wellFormed.createContact,
    key,
    body: { ...someContact, ...changes },
  })
  return Contact.parse(await response.json()).id
}

async function post(path: string, key: string, body: object): Promise<unknown> {
  const response = await world.send({ method: 'POST', path, key, body })
  expect(response.status).toBeLessThan(300)
  return response.json()
}

const read = async (path: string, key: string): Promise<unknown> => (await world.send({ path, key })).json()

/** Requests what orders name, as the worker does, and answers all of it, as the registry does. */
async function carryOut(outcome: 'created' | 'failed'): Promise<void> {
  while ((await requestHandlesOfOrders(world.ctx)) > 0);
  for (;;) {
    const due = await claimDueRequest(world.ctx, registryAccountId)
    if (due?.kind !== 'contact_create') return
    const common = { requestId: due.id, contactId: due.contactId, registryAccountId, svTRID: null }
    const answer =
      outcome === 'created'
        ? ({ outcome, code: 1000, handle: due.handle } as const)
        : ({ outcome, code: 2306, message: 'Not a contact' } as const)
    await recordContactResult(world.ctx, { ...common, ...answer })
  }
}

test('an order shows for each role its contact, the version that it keeps, and whether it is at the registry', async () => {
  const { key } = await givenCustomer(world.ctx)
  await givenListings(world.ctx, ['shown.test', 'shown-not.test'])
  await post('/v1/backorders', key, { name: 'shown-not.test', payment: 'balance' })
  const [mine, tech] = [await givenContact(key), await givenContact(key)]
  const role_contacts = { tech, billing: tech }
  const body = { name: 'shown.test', payment: 'balance', contact_id: mine, role_contacts }
  const placed = await post('/v1/backorders', key, body)
  expect(placed).not.toHaveProperty('contacts')
  const { id } = Backorder.parse(placed)
  await world.send({
    method: 'PUT',
    path: `/v1/contacts/${mine}`,
    key,
    body: { ...someContact, email: 'later@example.com' },
  })
  const shown = async () => BackorderDetail.parse(await read(`/v1/backorders/${id}`, key)).contacts
  const registrant = { role: 'registrant', contact_id: mine, version: 1 }
  const other = { contact_id: tech, version: 1 }
  expect(await shown()).toEqual([
    { ...registrant, state: 'pending' },
    { ...other, role: 'tech', state: 'pending' },
    { ...other, role: 'billing', state: 'not_needed' },
  ])
  await carryOut('created')
  expect(await shown()).toMatchObject([
    { ...registrant, state: 'created', handle: expect.stringMatching(/^DL/) },
    { ...other, role: 'tech', state: 'created' },
    { ...other, role: 'billing', state: 'not_needed' },
  ])
  const { items } = BackorderPage.parse(await read('/v1/backorders', key))
  expect(items.map(({ name, contacts }) => [name, contacts])).toEqual([
    ['shown.test', await shown()],
    ['shown-not.test', undefined],
  ])
})

test('a refused contact is shown as such, with what the registry said, also before the next order that names it', async () => {
  const { key } = await givenCustomer(world.ctx)
  await givenListings(world.ctx, ['refused.test', 'refused-next.test'])
  const contact_id = await givenContact(key, { is_default: true })
  const { id } = Backorder.parse(
    await post('/v1/backorders', key, { name: 'refused.test', payment: 'balance' }),
  )
  await carryOut('failed')
  const refused = { contact_id, version: 1, state: 'refused', message: 'Not a contact' }
  const contacts = [
    { ...refused, role: 'registrant' },
    { ...refused, role: 'tech' },
  ]
  expect(await read(`/v1/backorders/${id}`, key)).toMatchObject({ contacts })
  const next = { name: 'refused-next.test', payment: 'balance', contact_id }
  expect(await post('/v1/backorder-checks', key, next)).toMatchObject({ acceptable: true, contacts })
})

async function check(key: string, order: object) {
  return OrderCheck.parse(await post('/v1/backorder-checks', key, { payment: 'balance', ...order }))
}

test('a check says which contacts an order would have, and warns where the name would be registered to the operator', async () => {
  const { key } = await givenCustomer(world.ctx)
  await givenListings(world.ctx, ['warned.test'])
  const name = 'warned.test'
  expect(await check(key, { name })).toMatchObject({ acceptable: true, registered_to_operator: true })
  const contact_id = await givenContact(key)
  const named = await check(key, { name, contact_id })
  expect(named.registered_to_operator).toBeUndefined()
  expect(named.contacts).toMatchObject([
    { role: 'registrant', contact_id, version: 1, state: 'pending' },
    { role: 'tech', contact_id },
  ])
  const usual = await givenContact(key, { is_default: true })
  const byDefault = await check(key, { name })
  expect(byDefault.registered_to_operator).toBeUndefined()
  expect(byDefault.contacts?.map((contact) => contact.contact_id)).toEqual([usual, usual])
})

test('a check reports first a contact that is not the caller’s, as the order is refused', async () => {
  const [{ key }, other] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
  await givenListings(world.ctx, ['checked.test'])
  const theirs = await givenContact(other.key)
  const expected_price = { amount_minor: 1, currency: 'USD' }
  const order = { name: 'checked.test', contact_id: theirs, expected_price }
  const found = await check(key, order)
  expect(found.acceptable).toBe(false)
  expect(found.reasons.map(({ code }) => code)).toEqual(['contact_not_found', 'price_changed'])
  expect(found.registered_to_operator).toBeUndefined()
  const response = await world.send({
    method: 'POST',
    path: '/v1/backorders',
    key,
    body: { ...order, payment: 'balance' },
  })
  expect(await response.json()).toMatchObject({
    code: 'contact_not_found',
    errors: [{ pointer: '/contact_id' }],
  })
  const role_contacts = { tech: someId }
  expect(
    (await check(key, { name: 'in-no-list.test', role_contacts })).reasons.map(({ code }) => code),
  ).toEqual(['contact_not_found', 'listing_not_found'])
})

const problem = (code: string, pointer: string) => ({ problem: { code, errors: [{ pointer }] } })

test('items of a bulk order name contacts: one that is not there refuses its item, at its place, and no other', async () => {
  const { key } = await givenCustomer(world.ctx)
  await givenListings(world.ctx, ['bulk-a.test', 'bulk-b.test', 'bulk-c.test'])
  const [mine, tech] = [await givenContact(key), await givenContact(key)]
  const items = [
    { name: 'bulk-a.test', contact_id: mine, role_contacts: { tech } },
    { name: 'bulk-b.test', contact_id: mine, role_contacts: { admin: someId } },
    { name: 'not a name', contact_id: mine },
    { name: 'bulk-c.test' },
  ]
  const bulk = BulkOrder.parse(await post('/v1/bulk-orders', key, { items }))
  expect(bulk).toMatchObject({ state: 'finished', placed: 2, refused: 2 })
  const found = BulkItemPage.parse(await read(`/v1/bulk-orders/${bulk.id}/items`, key))
  const contacts = [
    { role: 'registrant', contact_id: mine, version: 1, state: 'pending' },
    { role: 'tech', contact_id: tech, version: 1, state: 'pending' },
  ]
  expect(found.items).toMatchObject([
    { state: 'placed', contacts },
    { state: 'refused', ...problem('contact_not_found', '/items/1/role_contacts/admin') },
    { state: 'refused', ...problem('invalid_name', '/items/2/name') },
    { state: 'placed' },
  ])
  expect(found.items[3]).not.toHaveProperty('contacts')
  const order = await read(`/v1/backorders/${found.items[0]?.backorder_id}`, key)
  expect(order).toMatchObject({ contacts })
})

test('a key of a sub-account sees the contacts of its account, if it may read contacts, and orders with them', async () => {
  const { key } = await givenCustomer(world.ctx)
  await givenListings(world.ctx, ['of-sub.test'])
  const contact_id = await givenContact(key)
  const { id } = SubAccount.parse(await post('/v1/sub-accounts', key, { label: 'Berlin' }))
  const scopes = ['contacts:read', 'backorders:read', 'backorders:write']
  const made = NewApiKey.parse(
    await post('/v1/api-keys', key, { label: 'of Berlin', scopes, sub_account_id: id }),
  )
  const page = ContactPage.parse(await read('/v1/contacts', made.key ?? ''))
  expect(page.items.map((contact) => contact.id)).toEqual([contact_id])
  await post('/v1/backorders', made.key ?? '', { name: 'of-sub.test', payment: 'balance', contact_id })
})

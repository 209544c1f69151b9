import { expect, test } from 'vitest'
import { Contact, ContactPage } from '../src/resources/contacts.ts'
import { Registration, RegistrationRequest } from '../src/resources/registration-views.ts'
import { sendUnreached, someKey } from './support/app.ts'
import { answers, expectProblem, refuses } from './support/refuses.ts'
import { confirm, givenRegistration } from './support/registrations.ts'
import { order, someContact, someId, wellFormed } from './support/requests.ts'
import { givenCustomer, givenListings, useWorld } from './support/world.ts'

const world = useWorld()

async function givenContact(key: string, changes: object = {}): Promise<Contact> {
  const response = await world.send({
    ...wellFormed.createContact,
    key,
    body: { ...someContact, ...changes },
  })
  expect(response.status).toBe(201)
  return Contact.parse(await response.json())
}

type Contact = ReturnType<typeof Contact.parse>

const pathOf = ({ id }: Pick<Contact, 'id'>) => `/v1/contacts/${id}`

function change(contact: Contact, key: string, changes: object) {
  return world.send({ method: 'PUT', path: pathOf(contact), key, body: { ...someContact, ...changes } })
}

const remove = (contact: Contact, key: string) => world.send({ method: 'DELETE', path: pathOf(contact), key })

answers(
  'createContact',
  201,
  'a contact is created with both forms of its address, and read as it was given',
  async () => {
    const { key } = await givenCustomer(world.ctx)
    const loc = { name: '李华', street: ['长安街1号'], city: '北京', country: 'CN' }
    const response = await world.send({ ...wellFormed.createContact, key, body: { ...someContact, loc } })
    expect(response.status).toBe(201)
    const contact = Contact.parse(await response.json())
    expect(response.headers.get('Location')).toBe(pathOf(contact))
    expect(contact).toMatchObject({ ...someContact, loc, version: 1, is_default: false, registries: [] })
  },
)

refuses('createContact', 'invalid_contact', 'an int form that is not ASCII', async () => {
  const { key } = await givenCustomer(world.ctx)
  const int = { ...someContact.int, city: 'Köln' }
  return world.send({ ...wellFormed.createContact, key, body: { ...someContact, int } })
})

refuses(
  'createContact',
  'contact_not_found',
  'a repetition after the contact was deleted, of which nothing is kept',
  async () => {
    const { key } = await givenCustomer(world.ctx)
    const ask = { ...wellFormed.createContact, key, headers: { 'Idempotency-Key': 'a contact' } }
    const created = Contact.parse(await (await world.send(ask)).json())
    const replayed = await world.send(ask)
    expect(replayed.headers.get('Idempotent-Replayed')).toBe('true')
    expect(Contact.parse(await replayed.json())).toEqual(created)
    await remove(created, key)
    const stored = await world.ctx.db.selectFrom('idempotency_key').select('body').execute()
    expect(JSON.stringify(stored)).not.toContain(someContact.email)
    return world.send(ask)
  },
)

refuses('createContact', 'invalid_request', 'a country that is no code', () =>
  sendUnreached({
    ...wellFormed.createContact,
    key: someKey,
    body: { ...someContact, int: { ...someContact.int, country: 'Germany' } },
  }),
)

test('an account has one default contact: the last that was made it', async () => {
  const { key } = await givenCustomer(world.ctx)
  const first = await givenContact(key, { is_default: true })
  const second = await givenContact(key, { is_default: true })
  const read = async (contact: Contact) =>
    Contact.parse(await (await world.send({ path: pathOf(contact), key })).json())
  expect([(await read(first)).is_default, (await read(second)).is_default]).toEqual([false, true])
  await change(first, key, { is_default: true })
  expect([(await read(first)).is_default, (await read(second)).is_default]).toEqual([true, false])
})

answers(
  'listContacts',
  200,
  "an account sees its own contacts, newest first, in pages, and never another's",
  async () => {
    const [mine, theirs] = [await givenCustomer(world.ctx), await givenCustomer(world.ctx)]
    const first = await givenContact(mine.key)
    const second = await givenContact(mine.key)
    await givenContact(theirs.key)
    const list = async (query: string) => {
      const response = await world.send({ path: `/v1/contacts${query}`, key: mine.key })
      expect(response.status).toBe(200)
      return ContactPage.parse(await response.json())
    }
    const page = await list('?limit=1')
    expect(page.items.map(({ id }) => id)).toEqual([second.id])
    expect((await list(`?limit=1&cursor=${page.next}`)).items.map(({ id }) => id)).toEqual([first.id])
  },
)

refuses('listContacts', 'invalid_cursor', 'a cursor that no page ended with', async () => {
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: `/v1/contacts?cursor=${someId}`, key })
})

refuses('listContacts', 'invalid_request', 'an unknown filter', () =>
  sendUnreached({ path: '/v1/contacts?name=rita', key: someKey }),
)

answers('getContact', 200, 'a contact is read', async () => {
  const { key } = await givenCustomer(world.ctx)
  const contact = await givenContact(key)
  const response = await world.send({ path: pathOf(contact), key })
  expect(response.status).toBe(200)
  expect(Contact.parse(await response.json())).toEqual(contact)
})

refuses('getContact', 'contact_not_found', 'the contact of another account', async () => {
  const contact = await givenContact((await givenCustomer(world.ctx)).key)
  const { key } = await givenCustomer(world.ctx)
  return world.send({ path: pathOf(contact), key })
})

refuses('getContact', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ path: '/v1/contacts/17', key: someKey }),
)

answers('changeContact', 200, 'other details are a new version, the same ones are not', async () => {
  const { key } = await givenCustomer(world.ctx)
  const contact = await givenContact(key)
  const changed = await change(contact, key, { email: 'other@example.com' })
  expect(changed.status).toBe(200)
  expect(Contact.parse(await changed.json())).toMatchObject({ version: 2, email: 'other@example.com' })
  const again = await change(contact, key, { email: 'other@example.com' })
  expect(Contact.parse(await again.json()).version).toBe(2)
})

refuses('changeContact', 'contact_not_found', 'the contact of another account', async () => {
  const contact = await givenContact((await givenCustomer(world.ctx)).key)
  const { key } = await givenCustomer(world.ctx)
  return change(contact, key, {})
})

refuses('changeContact', 'invalid_contact', 'a contact without an address', async () => {
  const { key } = await givenCustomer(world.ctx)
  const contact = await givenContact(key)
  const { int: _, ...rest } = someContact
  return world.send({ method: 'PUT', path: pathOf(contact), key, body: rest })
})

refuses('changeContact', 'invalid_request', 'a phone number without its country', () =>
  sendUnreached({ ...wellFormed.changeContact, key: someKey, body: { ...someContact, voice: '0207123' } }),
)

answers('deleteContact', 204, 'a deleted contact is gone, and its details are erased', async () => {
  const { key } = await givenCustomer(world.ctx)
  const contact = await givenContact(key)
  await change(contact, key, { email: 'erased@example.com' })
  expect((await remove(contact, key)).status).toBe(204)
  await expectProblem(await world.send({ path: pathOf(contact), key }), 'contact_not_found')
  const versions = await world.ctx.db
    .selectFrom('contact')
    .select('details')
    .where('account_contact_id', '=', contact.id)
    .execute()
  expect(versions).toEqual([{ details: null }, { details: null }])
})

refuses('deleteContact', 'contact_in_use', 'the default of the account', async () => {
  const { key } = await givenCustomer(world.ctx)
  return remove(await givenContact(key, { is_default: true }), key)
})

refuses('deleteContact', 'contact_not_found', 'the contact of another account', async () => {
  const contact = await givenContact((await givenCustomer(world.ctx)).key)
  const { key } = await givenCustomer(world.ctx)
  return remove(contact, key)
})

refuses('deleteContact', 'invalid_request', 'an id that is none', () =>
  sendUnreached({ method: 'DELETE', path: '/v1/contacts/17', key: someKey }),
)

/** The contacts of an order, by their versions. */
async function namedBy(name: string) {
  return world.ctx.db
    .selectFrom('backorder')
    .leftJoin('contact as registrant', 'registrant.id', 'registrant_id')
    .leftJoin('contact as tech', 'tech.id', 'tech_id')
    .select([
      'registrant.account_contact_id as registrant',
      'registrant.version',
      'tech.account_contact_id as tech',
    ])
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
}

test('an order names a contact, with others for some roles, or takes the default; it keeps the version of that time', async () => {
  const { key } = await givenCustomer(world.ctx)
  await givenListings(world.ctx, ['named.test', 'default.test', 'nobody.test'])
  await world.send(order('nobody.test', key))
  expect(await namedBy('nobody.test')).toEqual({ registrant: null, version: null, tech: null })
  const usual = await givenContact(key, { is_default: true })
  const tech = await givenContact(key)
  await world.send(order('default.test', key))
  expect(await namedBy('default.test')).toMatchObject({ registrant: usual.id, version: 1, tech: null })
  const other = await givenContact(key)
  const body = {
    name: 'named.test',
    payment: 'balance',
    contact_id: other.id,
    role_contacts: { tech: tech.id },
  }
  expect((await world.send({ method: 'POST', path: '/v1/backorders', key, body })).status).toBe(201)
  await change(other, key, { email: 'changed@example.com' })
  expect(await namedBy('named.test')).toEqual({ registrant: other.id, version: 1, tech: tech.id })
  await expectProblem(await remove(other, key), 'contact_in_use')
  await expectProblem(await remove(tech, key), 'contact_in_use')
})

refuses('placeBackorder', 'contact_not_found', 'the contact of another account', async () => {
  const contact = await givenContact((await givenCustomer(world.ctx)).key)
  const { key } = await givenCustomer(world.ctx)
  await givenListings(world.ctx, ['not-mine.test'])
  const body = { name: 'not-mine.test', payment: 'balance', contact_id: contact.id }
  return world.send({ method: 'POST', path: '/v1/backorders', key, body })
})

/** A registration in a zone whose registry keeps a registrant and a technical contact. */
async function givenThick(name: string) {
  await world.ctx.db
    .updateTable('zone')
    .set({ contact_roles: ['registrant', 'tech'] })
    .where('name', '=', 'disabled')
    .execute()
  return givenRegistration(world, `${name}.disabled`)
}

const setContacts = (path: string, key: string, contactId: string) =>
  world.send({ method: 'PUT', path: `${path}/contacts`, key, body: { contact_id: contactId } })

answers(
  'setContacts',
  202,
  'a change of contacts is a request, and its contacts are made at the registry',
  async () => {
    const { key, id, path } = await givenThick('set')
    const contact = await givenContact(key)
    const response = await setContacts(path, key, contact.id)
    expect(response.status).toBe(202)
    const request = RegistrationRequest.parse(await response.json())
    expect(request).toMatchObject({
      kind: 'contacts',
      contacts: [
        { role: 'registrant', contact_id: contact.id },
        { role: 'tech', contact_id: contact.id },
      ],
    })
    expect((await setContacts(path, key, contact.id)).status).toBe(202)
    const read = Contact.parse(await (await world.send({ path: pathOf(contact), key })).json())
    expect(read.registries).toMatchObject([{ registry: 'test', state: 'pending' }])
    await expectProblem(await remove(contact, key), 'contact_in_use')
    await confirm(world.ctx, id)
    const registration = Registration.parse(await (await world.send({ path, key })).json())
    expect(registration.contacts?.map(({ contact_id }) => contact_id)).toEqual([undefined, undefined])
  },
)

refuses('setContacts', 'contact_not_found', 'the contact of another account', async () => {
  const { key, path } = await givenThick('theirs')
  const contact = await givenContact((await givenCustomer(world.ctx)).key)
  return setContacts(path, key, contact.id)
})

refuses('setContacts', 'registration_request_pending', 'other contacts while some are set', async () => {
  const { key, path } = await givenThick('busy')
  await setContacts(path, key, (await givenContact(key)).id)
  return setContacts(path, key, (await givenContact(key)).id)
})

refuses('setContacts', 'contacts_not_used', 'a name whose registry keeps no contacts', async () => {
  const { key, path } = await givenRegistration(world, 'thin.test')
  return setContacts(path, key, (await givenContact(key)).id)
})

refuses('setContacts', 'registration_not_found', 'the registration of another account', async () => {
  const { path } = await givenThick('other')
  const { key } = await givenCustomer(world.ctx)
  return setContacts(path, key, (await givenContact(key)).id)
})

refuses('setContacts', 'registration_ended', 'a name that is no longer registered here', async () => {
  const { key, id, path } = await givenThick('ended')
  await confirm(world.ctx, id, 'not_held')
  return setContacts(path, key, (await givenContact(key)).id)
})

refuses('setContacts', 'invalid_request', 'no contact', () =>
  sendUnreached({ ...wellFormed.setContacts, key: someKey, body: {} }),
)

import { changeContact, createContact } from '@droplock/core/account-contacts/administer'
import { requestHandlesOfOrders } from '@droplock/core/account-contacts/request-handles'
import { setContacts } from '@droplock/core/registrations/request'
import { afterEach, expect, test } from 'vitest'
import type { RegistryOptions } from '../../registry-sim/src/registry/settings.ts'
import { contact, givenOperator, setContacts as setDefaults } from './support/contacts.ts'
import { startCatcher } from './support/drive.ts'
import { heldOf, registrationOf, settled } from './support/registrations.ts'
import { startTestbed, type Testbed } from './support/testbed.ts'
import { waitUntil } from './support/wait-until.ts'

const NAME = 'mine.test'

/** A registry that registers nothing without contacts that it knows. */
const thick: Partial<RegistryOptions> = {
  contacts: 'checked',
  registrantMissing: 2303,
  contactsWanted: ['tech'],
  ownShare: 0,
}

let testbed: Testbed
let stop: (() => Promise<void>) | undefined
afterEach(async () => {
  await stop?.()
  await testbed.end()
})

async function isDecided(): Promise<boolean> {
  const rows = await testbed.clone.db.selectFrom('registry_contact').select('state').execute()
  return rows.length > 0 && rows.every(({ state }) => state !== 'pending')
}

/** Orders the name, has what it names made at the registry, and lets it drop. */
async function catchName(): Promise<void> {
  await testbed.secure([{ name: NAME }])
  const worker = { db: testbed.clone.openAs('worker'), newId: testbed.buyer.newId }
  while ((await requestHandlesOfOrders(worker)) > 0);
  await waitUntil('its contacts are decided', isDecided)
  const purgeAt = new Date(Date.now() + 1_500)
  const dropping = { name: NAME, kind: 'normal', priorClid: 'registrar-12', rivals: [], purgeAt }
  await testbed.post('names', { names: [dropping] })
  await testbed.close(purgeAt, 1_000)
  await waitUntil('the name is caught', async () => heldOf(testbed, NAME)?.clID === 'droplock')
  await waitUntil('it is recorded', async () => {
    const rows = await testbed.clone.db.selectFrom('registration').select('id').execute()
    return rows.length === 1
  })
}

/** The handle of the version of a contact that is at the registry. */
async function handleOf(contactId: string, version = 1): Promise<string> {
  const { handle } = await testbed.clone.db
    .selectFrom('registry_contact')
    .innerJoin('contact', 'contact.id', 'contact_id')
    .select('handle')
    .where('account_contact_id', '=', contactId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return handle
}

async function open(): Promise<void> {
  testbed = await startTestbed(thick, { contactRoles: ['registrant', 'tech'], graceSeconds: 60 })
  await setDefaults(await givenOperator(testbed))
  stop = startCatcher(testbed)
}

test('a name is registered to the contact that its order took, not to the operator’s; then it gets another one', async () => {
  await open()
  const mine = await createContact(testbed.buyer, { details: contact('Mina Mine'), isDefault: true })
  await catchName()
  const handle = await handleOf(mine.id)
  expect(heldOf(testbed, NAME)).toMatchObject({
    registrant: handle,
    contacts: [{ type: 'tech', id: handle }],
  })

  const tech = await createContact(testbed.buyer, { details: contact('Toni Own'), isDefault: false })
  const precondition = { kind: 'present' } as const
  const change = { id: mine.id, details: contact('Mina Moved'), isDefault: true, precondition }
  await changeContact(testbed.buyer, change)
  const { id: registrationId } = await registrationOf(testbed, NAME)
  const wanted = { registrationId, contactId: mine.id, roleContacts: { tech: tech.id } }
  const request = await setContacts(testbed.buyer, wanted)
  await waitUntil('its contacts are made', isDecided)
  expect(await settled(testbed, request)).toMatchObject({ state: 'succeeded' })
  const [moved, own] = [await handleOf(mine.id, 2), await handleOf(tech.id)]
  expect(heldOf(testbed, NAME)).toMatchObject({ registrant: moved, contacts: [{ type: 'tech', id: own }] })
  expect((await registrationOf(testbed, NAME)).contacts).toEqual([
    { role: 'registrant', handle: moved, contactId: mine.id },
    { role: 'tech', handle: own, contactId: tech.id },
  ])
})

test('where the registry refuses the contact of an order, the name is registered to the operator’s', async () => {
  await open()
  await waitUntil('the operator’s are made', isDecided)
  const mine = await createContact(testbed.buyer, { details: contact('Mina Mine'), isDefault: true })
  await refuseAtRegistry(mine.id)
  await catchName()
  const operators = await testbed.clone.db
    .selectFrom('default_contact')
    .innerJoin('registry_contact', 'registry_contact.contact_id', 'default_contact.contact_id')
    .select('handle')
    .where('role', '=', 'registrant')
    .executeTakeFirstOrThrow()
  expect(heldOf(testbed, NAME)?.registrant).toBe(operators.handle)
})

/** As if the registry had refused it. */
async function refuseAtRegistry(accountContactId: string): Promise<void> {
  const { id } = await testbed.clone.db
    .selectFrom('contact')
    .select('id')
    .where('account_contact_id', '=', accountContactId)
    .executeTakeFirstOrThrow()
  await testbed.clone.db
    .insertInto('registry_contact')
    .values({
      contact_id: id,
      registry_account_id: 'sim/droplock',
      handle: 'DLREFUSED',
      state: 'pending',
    })
    .execute()
  await testbed.clone.db
    .updateTable('registry_contact')
    .set({ state: 'failed', answer_code: 2306, answer_message: 'Not a contact', decided_at: new Date() })
    .where('contact_id', '=', id)
    .execute()
}

import { BackorderDetail } from '@droplock/contracts/console/backorders'
import { createContact } from '@droplock/core/account-contacts/administer'
import { placeBackorder } from '@droplock/core/backorders/place'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { expect, test } from 'vitest'
import {
  givenAccount,
  givenListings,
  givenRegistry,
  zone,
} from '../../../packages/core/test/support/world.ts'
import { expectBody } from './support/problem.ts'
import { givenPerson, useWorld } from './support/world.ts'

const world = useWorld()

test('a backorder shows operators which contacts it has and whether they are at the registry, and no details of them', async () => {
  const { ctx } = world
  await givenRegistry(ctx, [zone({ contactRoles: ['registrant'] })])
  await givenListings(ctx, { names: ['with.test', 'without.test'] })
  const buyer = await givenAccount(ctx)
  const address = { street: ['1 Main Street'], city: 'London', country: 'GB' }
  const details: ContactDetails = {
    postal: [{ type: 'int', name: 'Rita', ...address }],
    email: 'rita@example.com',
  }
  const { id: contactId } = await createContact(buyer, { details, isDefault: false })
  const order = (name: string, named = {}) => placeBackorder(buyer, { name, payment: 'balance', ...named })
  const [own, none] = [await order('with.test', { contactId }), await order('without.test')]
  const operator = await givenPerson(world, 'operator')
  const read = async (id: string) =>
    expectBody(await operator.send({ path: `/api/backorders/${id}` }), 200, BackorderDetail)
  const found = await read(own.id)
  expect(found.contacts).toEqual([
    { role: 'registrant', contact_id: contactId, version: 1, state: 'pending' },
  ])
  expect(JSON.stringify(found)).not.toContain('rita@example.com')
  expect((await read(none.id)).contacts).toBeUndefined()
})

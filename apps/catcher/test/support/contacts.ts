import { setDefaultContacts } from '@droplock/core/contacts/defaults'
import { asService, type StaffContext } from '@droplock/core/context'
import { addStaff } from '@droplock/core/staff/administer'
import type { ContactDetails } from '@droplock/rules/ports/registry-objects'
import { ACCOUNT, type Testbed } from './testbed.ts'

/** The contact of a company that registers names. */
export function contact(name: string): ContactDetails {
  const address = { street: ['1 Main Street'], city: 'London', postalCode: 'SW1A 1AA', country: 'GB' }
  return {
    postal: [{ type: 'int', name, org: 'Example Ltd', ...address }],
    voice: '+44.2071234567',
    email: 'names@example.com',
  }
}

/** An operator. */
export async function givenOperator({ buyer: { db, newId } }: Pick<Testbed, 'buyer'>): Promise<StaffContext> {
  const staff = { email: `${newId()}@example.com`, name: 'An operator', roles: ['operator'] } as const
  const staffId = await addStaff(asService({ db, newId }), { ...staff, passwordHash: 'no password' })
  return { db, newId, actor: { kind: 'staff', staffId, sessionId: newId(), standing: 'proven', ...staff } }
}

/** The registrant, who is also admin and billing contact, and a technical contact. */
export async function setContacts(operator: StaffContext): Promise<void> {
  const contacts = { registrant: contact('Rita Registrant'), tech: contact('Toni Tech') }
  await setDefaultContacts(operator, { registryAccountId: ACCOUNT, contacts, reason: 'a test' })
}

import type { Contact } from '../../../registry/contacts.ts'
import type { Context } from '../../decision.ts'
import { EppFault } from '../../result-codes.ts'

/** The contact, when the session's account sponsors it. Throws `EppFault`: 2303, 2201. */
export function findOwnContact({ registry, account }: Context, id: string): Contact {
  const contact = registry.contacts.get(id)
  if (!contact) throw new EppFault(2303, 'No such contact')
  if (contact.clID !== account.clid) throw new EppFault(2201, 'Another registrar sponsors it')
  return contact
}

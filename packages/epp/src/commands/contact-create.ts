import type { CreateContact } from '@droplock/rules/ports/registry-objects'
import { CONTACT_URI } from '../namespaces.ts'
import { type MadeContact, readMadeContact } from '../responses/contact-created.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'
import { contactDetailsXml } from './contact-details.ts'

/** Makes a contact. RFC 5733 §3.2.1. */
export function createContact(order: Omit<CreateContact, 'clTRID'>): Command<MadeContact> {
  const { id, authInfo } = order
  const inner = leaf('contact:id', id) + contactDetailsXml(order, authInfo)
  return command({
    name: 'contact_create',
    objects: [id],
    secrets: [authInfo],
    verb: wrap('create', wrap('contact:create', inner, { 'xmlns:contact': CONTACT_URI })),
    read: readMadeContact,
  })
}

import type { ContactInfo } from '@droplock/rules/ports/registry-objects'
import { CONTACT_URI } from '../namespaces.ts'
import { readContactInfo } from '../responses/contact-info.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks what a contact says. RFC 5733 §3.1.2. */
export function infoContact(id: string): Command<ContactInfo> {
  return command({
    name: 'contact_info',
    objects: [id],
    verb: wrap('info', wrap('contact:info', leaf('contact:id', id), { 'xmlns:contact': CONTACT_URI })),
    read: readContactInfo,
  })
}

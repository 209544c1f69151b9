import type { UpdateContact } from '@droplock/rules/ports/registry-objects'
import { CONTACT_URI } from '../namespaces.ts'
import { leaf, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'
import { contactDetailsXml } from './contact-details.ts'
import { statusesXml } from './statuses.ts'

/** Changes a contact. Order: add, rem, chg. Throws `RangeError` when there is nothing to change. RFC 5733 §3.2.4. */
export function updateContact(order: Omit<UpdateContact, 'clTRID'>): Command<undefined> {
  const { id, addStatuses, removeStatuses, change } = order
  const added = statusesXml('contact:status', addStatuses)
  const removed = statusesXml('contact:status', removeStatuses)
  const changed = change === undefined ? '' : contactDetailsXml(change, change.authInfo)
  const changes =
    (added && wrap('contact:add', added)) +
    (removed && wrap('contact:rem', removed)) +
    (changed && wrap('contact:chg', changed))
  if (changes === '') throw new RangeError(`nothing to change about ${id}`)
  const inner = leaf('contact:id', id) + changes
  return command({
    name: 'contact_update',
    objects: [id],
    ...(change?.authInfo !== undefined && { secrets: [change.authInfo] }),
    verb: wrap('update', wrap('contact:update', inner, { 'xmlns:contact': CONTACT_URI })),
    read: () => undefined,
  })
}

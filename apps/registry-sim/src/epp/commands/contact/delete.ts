import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import type { Answer } from '../../write-xml.ts'
import { readContactId } from '../domain/read-parts.ts'
import { findOwnContact } from './find-own.ts'
import { isLinkedContact } from './linked.ts'

/** RFC 5733 §3.2.2: 2305 while a domain names it. */
export function deleteContact(context: Context): Decision {
  const { registry, object } = context
  const [id] = readChildren(object, { id: 'one' }).id
  const contact = findOwnContact(context, id ? readContactId(id) : '')
  if (contact.statuses.includes('clientDeleteProhibited'))
    return { code: 2304, reason: 'clientDeleteProhibited' }
  if (isLinkedContact(registry, contact.id)) return { code: 2305, reason: 'A domain names it' }
  const commit = (): Answer => {
    registry.contacts.delete(contact.id)
    return { code: 1000 }
  }
  return { code: 1000, commit }
}

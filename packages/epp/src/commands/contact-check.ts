import type { Availability } from '@droplock/rules/ports/registrar'
import { CONTACT_URI } from '../namespaces.ts'
import { readChecked } from '../responses/checked.ts'
import { leaves, wrap } from '../xml/write.ts'
import { type Command, command } from './command.ts'

/** Asks which ids are free. Throws `RangeError` without one. RFC 5733 §3.1.1. */
export function checkContacts(ids: readonly string[]): Command<readonly Availability[]> {
  if (ids.length === 0) throw new RangeError('a check needs at least one contact')
  return command({
    name: 'contact_check',
    objects: ids,
    verb: wrap('check', wrap('contact:check', leaves('contact:id', ids), { 'xmlns:contact': CONTACT_URI })),
    read: (response) => readChecked(response, CONTACT_URI),
  })
}

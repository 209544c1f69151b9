import { type ContactHandles, contactRoles } from '../contacts.ts'
import type { DomainInfo } from '../ports/registrar.ts'
import type { DomainContact } from '../ports/registry-objects.ts'

/** What an update changes; `registrant` is absent where that stays. */
export type ContactChange = {
  readonly add: readonly DomainContact[]
  readonly remove: readonly DomainContact[]
  readonly registrant?: string
}

/**
 * What an update has to change so that each role in `wanted` has exactly that contact; other roles stay as they are. Undefined where
 * nothing differs. RFC 5731 §3.2.5.
 */
export function changeOfContacts(
  { registrant, contacts = [] }: Pick<DomainInfo, 'registrant' | 'contacts'>,
  wanted: ContactHandles,
): ContactChange | undefined {
  const add: DomainContact[] = []
  const remove: DomainContact[] = []
  for (const type of contactRoles) {
    const id = wanted[type]
    if (type === 'registrant' || id === undefined) continue
    const held = contacts.filter((contact) => contact.type === type)
    remove.push(...held.filter((contact) => contact.id !== id))
    if (held.every((contact) => contact.id !== id)) add.push({ type, id })
  }
  const isOther = wanted.registrant !== undefined && wanted.registrant !== registrant
  if (add.length === 0 && remove.length === 0 && !isOther) return undefined
  return { add, remove, ...(isOther && { registrant: wanted.registrant }) }
}

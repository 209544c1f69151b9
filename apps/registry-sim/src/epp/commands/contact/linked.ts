import type { Contact } from '../../../registry/contacts.ts'
import type { Registry } from '../../../registry/registry.ts'

/** Whether a registration names the contact. */
export function isLinkedContact(registry: Registry, id: string): boolean {
  for (const { registration } of registry.names.values()) {
    if (registration?.registrant === id) return true
    if (registration?.contacts.some((contact) => contact.id === id)) return true
  }
  return false
}

/** RFC 5733 §2.2: `linked` comes beside the others, `ok` stands for none. */
export function contactStatuses(registry: Registry, { id, statuses }: Contact): readonly string[] {
  const own = statuses.length > 0 ? statuses : ['ok']
  return isLinkedContact(registry, id) ? [...own, 'linked'] : own
}

import type { Host } from '../../../registry/hosts.ts'
import type { Registry } from '../../../registry/registry.ts'

/** Whether a registration is delegated to the host. */
export function isLinkedHost(registry: Registry, name: string): boolean {
  for (const { registration } of registry.names.values()) {
    if (registration?.nameServers.some((server) => server.name === name)) return true
  }
  return false
}

/** RFC 5732 §2.3: `linked` comes beside the others, `ok` stands for none. */
export function hostStatuses(registry: Registry, { name, statuses }: Host): readonly string[] {
  const own = statuses.length > 0 ? statuses : ['ok']
  return isLinkedHost(registry, name) ? [...own, 'linked'] : own
}

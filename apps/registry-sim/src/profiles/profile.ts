import type { RegistryOptions } from '../registry/settings.ts'

/** What a registry publishes of itself. Whoever runs one adds its id, zones, accounts and port, and may overrule it. */
export type Profile = Omit<Partial<RegistryOptions>, 'id' | 'profile' | 'port' | 'zones' | 'accounts'>

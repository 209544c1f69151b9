import type { Credentials } from '../commands/login.ts'
import type { AccountLimits, Inherited } from '../pool/limits.ts'
import type { RegistrarConfig } from '../registrar-config.ts'
import type { Endpoint } from '../session/wire.ts'
import type { Profile } from './profile.ts'

/** What an operator knows of one account: where, who, and what its contract says otherwise than the profile. */
export type RegistryAccess = {
  /** In order of preference. */
  readonly hosts: readonly [Endpoint, ...Endpoint[]]
  /** Where the registry has hosts that only the drop uses. */
  readonly dropHosts?: readonly [Endpoint, ...Endpoint[]]
  readonly credentials: Credentials
  readonly limits?: Partial<AccountLimits>
  readonly inherited?: Inherited
}

/**
 * The pool's configuration for a phase. Throws `RangeError` when the drop has hosts of its own at this registry and they are
 * not known: creates at the everyday host would be refused, or be an offence.
 */
export function registrarConfigFor(
  profile: Profile,
  access: RegistryAccess,
  phase: 'everyday' | 'drop',
): RegistrarConfig {
  const apart = phase === 'drop' && profile.dropHost === 'apart'
  const hosts = apart ? access.dropHosts : access.hosts
  if (hosts === undefined) throw new RangeError(`${profile.id} needs hosts of its own for the drop`)
  const [endpoint, ...alternates] = hosts
  const { extensions, subProducts, dnssecUrgent } = profile
  return {
    endpoint,
    alternates,
    credentials: access.credentials,
    limits: { ...profile.limits, ...access.limits },
    ...(extensions && { extensions }),
    ...(subProducts && { subProducts }),
    ...(dnssecUrgent !== undefined && { dnssecUrgent }),
    ...(access.inherited && { inherited: access.inherited }),
  }
}

import { isDomainName, zoneOf } from '../../../registry/domain-name.ts'
import type { Host } from '../../../registry/hosts.ts'
import type { Registry } from '../../../registry/registry.ts'
import type { Context } from '../../decision.ts'
import { EppFault } from '../../result-codes.ts'

/** The host, when the session's account sponsors it. Throws `EppFault`: 2303, 2201. */
export function findOwnHost({ registry, account }: Context, name: string): Host {
  const host = registry.hosts.get(name)
  if (!host) throw new EppFault(2303, 'No such host')
  if (host.clID !== account.clid) throw new EppFault(2201, 'Another registrar sponsors it')
  return host
}

/** The registrable name above a host in this registry; `undefined` for a host of another one. */
function superordinate(registry: Registry, name: string): string | undefined {
  const labels = name.split('.')
  return labels
    .map((_, index) => labels.slice(index).join('.'))
    .find((above) => zoneOf(above, registry.settings.zones))
}

/**
 * RFC 5732 §1.1: a host below a name of this registry is its sponsor's alone to make. Throws `EppFault`: 2005 for no host
 * name, 2303 and 2201 for the name above.
 */
export function requireHostName(
  { registry, account }: Context,
  name: string,
): { readonly isInternal: boolean } {
  if (!isDomainName(name)) throw new EppFault(2005, 'Not a host name')
  const above = superordinate(registry, name)
  if (above === undefined) return { isInternal: false }
  const held = registry.names.get(above)?.registration
  if (!held) throw new EppFault(2303, `No domain ${above}`.slice(0, 120))
  if (held.clID !== account.clid) throw new EppFault(2201, 'Another registrar sponsors the domain')
  return { isInternal: true }
}

import { isIP } from 'node:net'
import type { AccountActor } from '@droplock/core/context'
import { type TrustedProxies, trustProxies } from '@droplock/http/source'
import { Refusal } from '@droplock/rules/refusals'

/** The networks of an actor, read once: actors are remembered between requests. */
const networksOf = new WeakMap<AccountActor, TrustedProxies>()

/**
 * Throws Refusal('address_not_allowed') unless the key may be used from there. `source` is an IPv4 address or the /64 of an IPv6 one;
 * what has no known source is refused.
 */
export function requireAllowedAddress(actor: AccountActor, source: string): void {
  const { allowedAddresses } = actor
  if (allowedAddresses === undefined) return
  let networks = networksOf.get(actor)
  if (networks === undefined) {
    networks = trustProxies(allowedAddresses)
    networksOf.set(actor, networks)
  }
  const address = source.replace(/\/64$/, '')
  if (isIP(address) !== 0 && networks.has(address)) return
  throw new Refusal('address_not_allowed', 'This API key may not be used from this address.', {
    address: source,
  })
}

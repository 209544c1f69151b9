import { isIP } from 'node:net'
import type { AccountActor } from '@droplock/core/context'
import { type TrustedProxies, trustProxies } from '@droplock/http/source'
import { Refusal } from '@droplock/rules/refusals'

/** The networks of an actor, read once: actors are remembered between requests. */
const networksOf = new WeakMap<AccountActor, TrustedProxies>()

/** Whether the key may be used from there. `source` is an IPv4 address or the /64 of an IPv6 one; what has no known source may not. */
export function isAllowedAddress(actor: AccountActor, source: string): boolean {
  const { allowedAddresses } = actor
  if (allowedAddresses === undefined) return true
  let networks = networksOf.get(actor)
  if (networks === undefined) {
    networks = trustProxies(allowedAddresses)
    networksOf.set(actor, networks)
  }
  const address = source.replace(/\/64$/, '')
  return isIP(address) !== 0 && networks.has(address)
}

/** Throws Refusal('address_not_allowed') unless the key may be used from there. */
export function requireAllowedAddress(actor: AccountActor, source: string): void {
  if (isAllowedAddress(actor, source)) return
  throw new Refusal('address_not_allowed', 'This API key may not be used from this address.', {
    address: source,
  })
}

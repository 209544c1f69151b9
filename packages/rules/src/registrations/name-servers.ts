import type { NameServer } from '../ports/registry-objects.ts'
import { Refusal } from '../refusals.ts'

/** RFC 1034 §4.1 demands two, and a delegation with more than thirteen does not fit a DNS message. */
export const NAME_SERVERS_MIN = 2
export const NAME_SERVERS_MAX = 13

/** More addresses than this are a mistake; registries allow about as many. */
export const HOST_ADDRESSES_MAX = 13

/** Whether a host is below the name itself, so that a delegation to it needs its addresses (glue). RFC 5732 §1.1. */
export function isBelow(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`)
}

/**
 * Checks the name servers that a registration shall have, and returns them in one order: two requests for the same are equal. `wanted`
 * has A-labels in lower case and addresses in their one form. Throws Refusal('invalid_name_servers'), whose facts name the index.
 */
export function decideNameServers(domain: string, wanted: readonly NameServer[]): readonly NameServer[] {
  if (wanted.length < NAME_SERVERS_MIN || wanted.length > NAME_SERVERS_MAX)
    throw new Refusal(
      'invalid_name_servers',
      `A name has ${NAME_SERVERS_MIN} to ${NAME_SERVERS_MAX} name servers.`,
    )
  const seen = new Set<string>()
  const decided = wanted.map((server, index) => {
    if (seen.has(server.name)) refuse(index, `${server.name} is given twice`)
    seen.add(server.name)
    return decideServer(domain, server, index)
  })
  return decided.toSorted(byName)
}

function decideServer(domain: string, { name, addresses = [] }: NameServer, index: number): NameServer {
  if (name === domain || !name.includes('.')) refuse(index, `${name} is no host name`)
  if (!isBelow(name, domain)) {
    if (addresses.length > 0)
      refuse(index, `${name} is not below ${domain}, so it has no addresses at this registry`)
    return { name }
  }
  const unique = [...new Set(addresses)].toSorted()
  if (unique.length === 0) refuse(index, `${name} is below ${domain}, so its addresses are needed`)
  if (unique.length > HOST_ADDRESSES_MAX)
    refuse(index, `${name} has more than ${HOST_ADDRESSES_MAX} addresses`)
  return { name, addresses: unique }
}

function refuse(index: number, what: string): never {
  throw new Refusal('invalid_name_servers', `Name server ${index + 1}: ${what}.`, { index })
}

function byName(one: NameServer, other: NameServer): number {
  return one.name < other.name ? -1 : 1
}

/** What an update adds and removes; undefined where nothing differs. */
export type NameServerChange = { readonly add: readonly NameServer[]; readonly remove: readonly NameServer[] }

/**
 * What an update has to change; addresses are in their one form. `objects`: only the names count, because the addresses belong to the hosts. `attributes`: a server with
 * other addresses is replaced, and each has its addresses, perhaps none. RFC 5731 §1.1.
 */
export function changeOfNameServers(
  held: readonly NameServer[],
  wanted: readonly NameServer[],
  form: 'objects' | 'attributes',
): NameServerChange | undefined {
  const inForm = (server: NameServer): NameServer =>
    form === 'objects' ? { name: server.name } : { name: server.name, addresses: server.addresses ?? [] }
  const add = wanted.filter((server) => !held.some((one) => areSame(one, server, form))).map(inForm)
  const remove = held.filter((server) => !wanted.some((one) => areSame(one, server, form))).map(inForm)
  return add.length === 0 && remove.length === 0 ? undefined : { add, remove }
}

function areSame(one: NameServer, other: NameServer, form: 'objects' | 'attributes'): boolean {
  if (one.name !== other.name) return false
  return form === 'objects' || haveSameAddresses(one.addresses, other.addresses)
}

/** In any order. */
function haveSameAddresses(one: readonly string[] = [], other: readonly string[] = []): boolean {
  return one.length === other.length && one.every((address) => other.includes(address))
}

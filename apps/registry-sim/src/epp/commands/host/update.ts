import type { Host } from '../../../registry/hosts.ts'
import type { Address } from '../../../registry/records.ts'
import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import type { Element } from '../../read-xml.ts'
import { EppFault } from '../../result-codes.ts'
import type { Answer } from '../../write-xml.ts'
import { readName } from '../domain/read-parts.ts'
import { changeStatuses, clientStatuses, readStatuses, requireUpdatable } from '../statuses.ts'
import { findOwnHost, requireHostName } from './find-own.ts'
import { isLinkedHost } from './linked.ts'
import { readAddress } from './read-address.ts'

type Part = { readonly addresses: readonly Address[]; readonly statuses: readonly string[] }

function readPart(element: Element | undefined): Part {
  if (!element) return { addresses: [], statuses: [] }
  const parts = readChildren(element, { addr: 'any', status: 'any' })
  return { addresses: parts.addr.map(readAddress), statuses: readStatuses(parts.status, clientStatuses.host) }
}

function has(list: readonly Address[], { ip, text }: Address): boolean {
  return list.some((one) => one.ip === ip && one.text === text)
}

function changeAddresses({ addresses }: Host, add: Part, rem: Part): readonly Address[] {
  if (add.addresses.some((address) => has(addresses, address)))
    throw new EppFault(2306, 'The address is there')
  if (rem.addresses.some((address) => !has(addresses, address))) throw new EppFault(2306, 'No such address')
  return [...addresses.filter((address) => !has(rem.addresses, address)), ...add.addresses]
}

/** A new name for the host (RFC 5732 §3.2.5); a linked host of another registry keeps its own. */
function readNewName(context: Context, host: Host, element: Element | undefined): string {
  if (!element) return host.name
  const name = readName(readChildren(element, { name: 'one' }).name[0])
  if (context.registry.hosts.has(name)) throw new EppFault(2302, 'The new name is in use')
  const { isInternal } = requireHostName(context, name)
  if (!isInternal && host.addresses.length > 0) throw new EppFault(2306, 'An external host has no addresses')
  if (isLinkedHost(context.registry, host.name)) throw new EppFault(2305, 'A domain is delegated to it')
  return name
}

/** RFC 5732 §3.2.5. */
export function updateHost(context: Context): Decision {
  const { registry, object, moment } = context
  const parts = readChildren(object, { name: 'one', add: 'optional', rem: 'optional', chg: 'optional' })
  const host = findOwnHost(context, readName(parts.name[0]))
  const add = readPart(parts.add[0])
  const rem = readPart(parts.rem[0])
  requireUpdatable(host.statuses, rem.statuses)
  const statuses = changeStatuses(host.statuses, add.statuses, rem.statuses)
  const addresses = changeAddresses(host, add, rem)
  const { isInternal } = requireHostName(context, host.name)
  if (!isInternal && addresses.length > 0) return { code: 2306, reason: 'An external host has no addresses' }
  const name = readNewName(context, { ...host, addresses }, parts.chg[0])
  const commit = (): Answer => {
    registry.hosts.delete(host.name)
    registry.hosts.set(name, { ...host, name, statuses, addresses, upDateMs: moment.nowMs })
    return { code: 1000 }
  }
  return { code: 1000, commit }
}

import { isDomainName, servedZone } from '../../registry/names.ts'
import type { Host } from '../../registry/objects.ts'
import type { Address } from '../../registry/records.ts'
import { nextRoid, RECORDS_MAX, type Registry } from '../../registry/registry.ts'
import type { Context, Decision } from '../decision.ts'
import { EppFault } from '../result-codes.ts'
import {
  type Answer,
  dateTime,
  type Element,
  escapeXml,
  hostData,
  optionalElement,
  readChildren,
  token,
} from '../xml.ts'
import { readName } from './domain/internal.ts'
import { changeStatuses, clientStatuses, readAddress, readStatuses, requireUpdatable } from './internal.ts'

/** The host, when the session's account sponsors it. Throws `EppFault`: 2303, 2201. */
function findOwnHost({ registry, account }: Context, name: string): Host {
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
    .find((above) => servedZone(above, registry.settings))
}

/**
 * RFC 5732 §1.1: only the sponsor of a name may create hosts below it. Throws `EppFault`: 2005 for an invalid host
 * name, 2303 and 2201 for the name above.
 */
function requireHostName({ registry, account }: Context, name: string): { readonly isInternal: boolean } {
  if (!isDomainName(name)) throw new EppFault(2005, 'Not a host name')
  const above = superordinate(registry, name)
  if (above === undefined) return { isInternal: false }
  const held = registry.names.get(above)?.registration
  if (!held) throw new EppFault(2303, `No domain ${above}`.slice(0, 120))
  if (held.clID !== account.clid) throw new EppFault(2201, 'Another registrar sponsors the domain')
  return { isInternal: true }
}

/** Whether a registration is delegated to the host. */
function isLinkedHost(registry: Registry, name: string): boolean {
  for (const { registration } of registry.names.values()) {
    if (registration?.nameServers.some((server) => server.name === name)) return true
  }
  return false
}

/** RFC 5732 §2.3: `linked` is added to the others, `ok` is shown when there are none. */
function hostStatuses(registry: Registry, { name, statuses }: Host): readonly string[] {
  const own = statuses.length > 0 ? statuses : ['ok']
  return isLinkedHost(registry, name) ? [...own, 'linked'] : own
}

const NAMES_PER_CHECK_MAX = 50

/** RFC 5732 §3.1.1. */
export function checkHosts({ registry, object }: Context): Decision {
  const names = readChildren(object, { name: 'some' }).name.map(token)
  if (names.length > NAMES_PER_CHECK_MAX) throw new EppFault(2306, `At most ${NAMES_PER_CHECK_MAX} hosts`)
  if (names.some((name) => name.length < 1 || name.length > 255)) throw new EppFault(2005, 'Not a host name')
  const data = names.map((given) => {
    const name = given.toLowerCase()
    const reason = registry.hosts.has(name) ? 'In use' : isDomainName(name) ? undefined : 'Not a host name'
    const why = reason === undefined ? '' : `<host:reason>${reason}</host:reason>`
    return `<host:cd><host:name avail="${reason === undefined ? 1 : 0}">${escapeXml(given)}</host:name>${why}</host:cd>`
  })
  return { code: 1000, resData: hostData('chkData', data.join('')) }
}

const ADDRESSES_MAX = 13

/** RFC 5732 §3.2.1. Addresses are glue: only a host below a name of this registry has them. */
export function createHost(context: Context): Decision {
  const { registry, account, object, moment } = context
  const parts = readChildren(object, { name: 'one', addr: 'any' })
  const name = readName(parts.name[0])
  const addresses = parts.addr.map(readAddress)
  if (addresses.length > ADDRESSES_MAX) throw new EppFault(2306, `At most ${ADDRESSES_MAX} addresses`)
  if (registry.hosts.has(name)) return { code: 2302 }
  const { isInternal } = requireHostName(context, name)
  if (!isInternal && addresses.length > 0) return { code: 2306, reason: 'An external host has no addresses' }
  if (registry.hosts.size >= RECORDS_MAX) return { code: 2400, reason: 'The registry is full' }
  const { nowMs } = moment
  const commit = () => {
    const roid = nextRoid(registry, 'H')
    const host = {
      name,
      roid,
      clID: account.clid,
      crDateMs: nowMs,
      upDateMs: undefined,
      addresses,
      statuses: [],
    }
    registry.hosts.set(name, host)
    const inside = `<host:name>${name}</host:name><host:crDate>${dateTime(nowMs)}</host:crDate>`
    return { code: 1000, resData: hostData('creData', inside) } as const
  }
  return { code: 1000, commit }
}

const field = (local: string, text: string | undefined) => optionalElement('host', local, text)

/** RFC 5732 §3.1.2. */
export function infoHost({ registry, object }: Context): Decision {
  const host = registry.hosts.get(readName(readChildren(object, { name: 'one' }).name[0]))
  if (!host) return { code: 2303 }
  const updated = host.upDateMs === undefined ? undefined : dateTime(host.upDateMs)
  const inside = [
    field('name', host.name),
    field('roid', host.roid),
    ...hostStatuses(registry, host).map((status) => `<host:status s="${status}"/>`),
    ...host.addresses.map(({ ip, text }) => `<host:addr ip="${ip}">${text}</host:addr>`),
    field('clID', host.clID),
    field('crID', host.clID),
    field('crDate', dateTime(host.crDateMs)),
    field('upID', updated && host.clID),
    field('upDate', updated),
  ]
  return { code: 1000, resData: hostData('infData', inside.join('')) }
}

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

/** The new name of the host (RFC 5732 §3.2.5). A linked host of another registry can't be renamed. */
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

/** RFC 5732 §3.2.2: 2305 while a domain is delegated to it. */
export function deleteHost(context: Context): Decision {
  const { registry, object } = context
  const host = findOwnHost(context, readName(readChildren(object, { name: 'one' }).name[0]))
  if (host.statuses.includes('clientDeleteProhibited'))
    return { code: 2304, reason: 'clientDeleteProhibited' }
  if (isLinkedHost(registry, host.name)) return { code: 2305, reason: 'A domain is delegated to it' }
  const commit = (): Answer => {
    registry.hosts.delete(host.name)
    return { code: 1000 }
  }
  return { code: 1000, commit }
}

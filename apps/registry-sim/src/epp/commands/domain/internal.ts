import type {
  Address,
  DomainContact,
  NameRecord,
  NameServer,
  Registration,
} from '../../../registry/records.ts'
import type { RegistrySettings } from '../../../registry/settings.ts'
import type { Context } from '../../decision.ts'
import { EppFault } from '../../result-codes.ts'
import { type Element, readChildren, token } from '../../xml.ts'
import { readAddress } from '../internal.ts'

/** Readers that several domain commands share (RFC 5731 §3). Each throws `EppFault` for what the schema forbids. */

const YEARS_MAX = 10

const NAME_SERVERS_MAX = 13

const CONTACTS_MAX = 20

const TYPES = new Set(['admin', 'billing', 'tech'])

/** A period in whole years; 1 if none is given. */
export function readYears(period: Element | undefined): number {
  if (!period) return 1
  if (period.attributes.get('unit') !== 'y') throw new EppFault(2004, 'A period is in years')
  const years = Number(token(period))
  if (!Number.isInteger(years)) throw new EppFault(2001, 'Not a period')
  if (years < 1 || years > YEARS_MAX) throw new EppFault(2004, `A period is 1 to ${YEARS_MAX} years`)
  return years
}

function readHostAttribute(element: Element): NameServer {
  const parts = readChildren(element, { hostName: 'one', hostAddr: 'any' })
  const [name] = parts.hostName
  const addresses: readonly Address[] = parts.hostAddr.map(readAddress)
  return { name: name ? token(name).toLowerCase() : '', addresses }
}

/** Name servers in the form that the registry requires: host objects, or attributes of the domain (RFC 5731 §1.1). */
export function readNameServers(
  element: Element | undefined,
  { hosts }: RegistrySettings,
): readonly NameServer[] {
  if (!element) return []
  const isAttributes = element.children[0]?.local === 'hostAttr'
  if (isAttributes !== (hosts === 'attributes')) {
    throw new EppFault(2102, hosts === 'attributes' ? 'Only hostAttr is taken' : 'Only hostObj is taken')
  }
  const servers = isAttributes
    ? readChildren(element, { hostAttr: 'some' }).hostAttr.map(readHostAttribute)
    : readChildren(element, { hostObj: 'some' }).hostObj.map((host) => ({
        name: token(host).toLowerCase(),
        addresses: [],
      }))
  if (servers.length > NAME_SERVERS_MAX) throw new EppFault(2306, `At most ${NAME_SERVERS_MAX} name servers`)
  return servers
}

export function readContactId(element: Element): string {
  const id = token(element)
  if (id.length < 3 || id.length > 16) throw new EppFault(2005, 'A contact id has 3 to 16 characters')
  return id
}

export function readContacts(elements: readonly Element[]): readonly DomainContact[] {
  if (elements.length > CONTACTS_MAX) throw new EppFault(2306, `At most ${CONTACTS_MAX} contacts`)
  return elements.map((element) => {
    const type = element.attributes.get('type') ?? ''
    if (!TYPES.has(type)) throw new EppFault(2001, 'A contact is admin, billing or tech')
    return { type, id: readContactId(element) }
  })
}

export function readName(element: Element | undefined): string {
  return element ? token(element).toLowerCase() : ''
}

export type Own = { readonly record: NameRecord; readonly held: Registration }

/** The registration of `name`, when the session's account sponsors it. Throws `EppFault`: 2303, 2201. */
export function findOwn({ registry, account }: Context, name: string): Own {
  const record = registry.names.get(name)
  const held = record?.registration
  if (!record || !held) throw new EppFault(2303, 'No such domain')
  if (held.clID !== account.clid) throw new EppFault(2201, 'Another registrar sponsors it')
  return { record, held }
}

/** The same, if it can be changed. Throws `EppFault` 2304 otherwise. */
export function findChangeable(context: Context, name: string, prohibition: string): Own {
  const own = findOwn(context, name)
  if (own.record.stage === 'pending') throw new EppFault(2304, 'pendingDelete')
  if (own.held.statuses.includes(prohibition)) throw new EppFault(2304, prohibition)
  return own
}

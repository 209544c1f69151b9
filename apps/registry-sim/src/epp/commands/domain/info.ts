import { extensionUris } from '../../../registry/conduct.ts'
import { rgpStatusesOf, type Seen, seenBy } from '../../../registry/names.ts'
import type { NameRecord, NameServer, Registration } from '../../../registry/records.ts'
import type { Context, Decision } from '../../decision.ts'
import { requireSubProduct } from '../../extensions/namestore.ts'
import { writeDelegation } from '../../extensions/sec-dns.ts'
import { EppFault } from '../../result-codes.ts'
import { dateTime, domainData, escapeXml, optionalElement, readChildren } from '../../xml.ts'
import { readAuthInfo } from '../internal.ts'
import { writeRgpStatuses } from './delete.ts'
import { readName } from './internal.ts'

const HOSTS = new Set(['all', 'del', 'none', 'sub'])

const optional = (local: string, text: string | undefined) => optionalElement('domain', local, text)

function attribute({ name, addresses }: NameServer): string {
  const list = addresses.map(
    ({ ip, text }) => `<domain:hostAddr ip="${ip}">${escapeXml(text)}</domain:hostAddr>`,
  )
  return `<domain:hostAttr><domain:hostName>${escapeXml(name)}</domain:hostName>${list.join('')}</domain:hostAttr>`
}

function nameServers({ nameServers: servers }: Registration, areAttributes: boolean): string {
  const hosts = servers.map((server) =>
    areAttributes ? attribute(server) : `<domain:hostObj>${escapeXml(server.name)}</domain:hostObj>`,
  )
  return hosts.length === 0 ? '' : `<domain:ns>${hosts.join('')}</domain:ns>`
}

function subordinates({ registry }: Context, { name }: NameRecord): string {
  return [...registry.hosts.keys()]
    .filter((host) => host.endsWith(`.${name}`))
    .map((host) => `<domain:host>${host}</domain:host>`)
    .join('')
}

type Wanted = { readonly delegated: boolean; readonly subordinate: boolean }

function infoData(context: Context, record: NameRecord, seen: Seen, wanted: Wanted): string {
  const { held, statuses, isApplication } = seen
  const { settings } = context.registry
  const updated = held.upDateMs === undefined ? undefined : dateTime(held.upDateMs)
  const isOwn = held.clID === context.account.clid
  return [
    `<domain:name>${record.name}</domain:name><domain:roid>${held.roid}</domain:roid>`,
    ...statuses.map((status) => `<domain:status s="${status}"/>`),
    optional('registrant', held.registrant),
    ...held.contacts.map(
      ({ type, id }) => `<domain:contact type="${type}">${escapeXml(id)}</domain:contact>`,
    ),
    wanted.delegated ? nameServers(held, settings.hosts === 'attributes') : '',
    wanted.subordinate ? subordinates(context, record) : '',
    `<domain:clID>${held.clID}</domain:clID><domain:crID>${held.clID}</domain:crID>`,
    `<domain:crDate>${dateTime(held.crDateMs)}</domain:crDate>`,
    optional('upID', updated && held.clID),
    optional('upDate', updated),
    isApplication ? '' : `<domain:exDate>${dateTime(held.exDateMs)}</domain:exDate>`,
    isOwn ? `<domain:authInfo><domain:pw>${escapeXml(held.authInfo)}</domain:pw></domain:authInfo>` : '',
  ].join('')
}

function extensionData({ session, registry, moment }: Context, record: NameRecord, { held }: Seen): string {
  const statuses = session.extensions.has(extensionUris.rgp)
    ? rgpStatusesOf(registry.settings, record, moment.nowMs)
    : []
  const { delegation } = held
  const signed = delegation && session.extensions.has(extensionUris.secDNS) ? writeDelegation(delegation) : ''
  return (statuses.length === 0 ? '' : writeRgpStatuses(statuses)) + signed
}

function isHidden({ registry, account }: Context, { held }: Seen): boolean {
  return registry.settings.infoOfOthers === 'refused' && held.clID !== account.clid
}

/**
 * RFC 5731 §3.1.2. Extension data is sent only if the extension is in the login, the authInfo only to the sponsor. 2303 for a
 * name that is not registered, 2201 for another registrar's name if the registry hides those. An applicant sees its application as
 * pendingCreate.
 */
export function infoDomain(context: Context): Decision {
  const parts = readChildren(context.object, { name: 'one', authInfo: 'optional' })
  const [asked] = parts.name
  const hosts = asked?.attributes.get('hosts') ?? 'all'
  if (!HOSTS.has(hosts)) throw new EppFault(2001, 'No such hosts option')
  const name = readName(asked)
  requireSubProduct(context, [name])
  const record = context.registry.names.get(name)
  const seen = record && seenBy(record, context.account.clid)
  if (!record || !seen) return { code: 2303 }
  const [authInfo] = parts.authInfo
  if (!authInfo && isHidden(context, seen)) {
    context.account.violations.infoOfOthers += 1
    return { code: 2201, reason: 'Another registrar sponsors it' }
  }
  if (authInfo && readAuthInfo(authInfo) !== seen.held.authInfo) return { code: 2202 }
  const wanted = {
    delegated: hosts === 'all' || hosts === 'del',
    subordinate: hosts === 'all' || hosts === 'sub',
  }
  const extension = extensionData(context, record, seen)
  return {
    code: 1000,
    resData: domainData('infData', infoData(context, record, seen, wanted)),
    ...(extension ? { extension } : {}),
  }
}

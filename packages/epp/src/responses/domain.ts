import type { Created, DomainInfo } from '@droplock/rules/ports/registrar'
import type { DomainContact, NameServer, Renewed } from '@droplock/rules/ports/registry-objects'
import { readSecDns } from '../extensions/secdns.ts'
import { DOMAIN_URI, RGP_URI } from '../namespaces.ts'
import { type Dialect, PLAIN } from '../session/dialect.ts'
import { child, children, childText, tokenOf, type XmlElement } from '../xml.ts'
import { readAddress } from './address.ts'
import { readDate } from './date.ts'
import type { EppResponse } from './response.ts'

/** RGP statuses of an info or a restore. Registries send them only if rgp-1.0 is in the login. RFC 3915 §4.1.2, §4.2.5. */
export function readRgpStatuses({ extension }: EppResponse): readonly string[] {
  const data = child(extension, RGP_URI, 'infData') ?? child(extension, RGP_URI, 'upData')
  return readStatuses(data, RGP_URI, 'rgpStatus')
}

/** The `s` attribute of every status. */
export function readStatuses(
  parent: XmlElement | undefined,
  uri: string,
  local = 'status',
): readonly string[] {
  return children(parent, uri, local).flatMap((status) => status.attributes.get('s') ?? [])
}

/** `creData`; `undefined` when it is absent or has no readable name or date (then `info` decides). RFC 5731 §3.2.1. */
export function readCreated(response: EppResponse, dialect: Dialect = PLAIN): Created | undefined {
  const data = child(response.resData, DOMAIN_URI, 'creData')
  const name = childText(data, DOMAIN_URI, 'name')
  const crDate = readDate(childText(data, DOMAIN_URI, 'crDate'))
  const exDate = readDate(childText(data, DOMAIN_URI, 'exDate'))
  if (name === undefined || crDate === undefined) return undefined
  const charged = dialect.fee?.readCharged(response)
  return { name: name.toLowerCase(), crDate, ...(exDate && { exDate }), ...(charged && { charged }) }
}

/**
 * `infData`; `undefined` when it is absent or has no name, roid or clID, which decisions need. The authInfo is not read.
 * RFC 5731 §3.1.2.
 */
export function readDomainInfo(response: EppResponse): DomainInfo | undefined {
  const data = child(response.resData, DOMAIN_URI, 'infData')
  const name = childText(data, DOMAIN_URI, 'name')
  const roid = childText(data, DOMAIN_URI, 'roid')
  const clID = childText(data, DOMAIN_URI, 'clID')
  if (name === undefined || roid === undefined || clID === undefined) return undefined
  const dnssec = readSecDns(response)
  return {
    name: name.toLowerCase(),
    roid,
    clID,
    ...datesOf(data),
    statuses: readStatuses(data, DOMAIN_URI),
    rgpStatuses: readRgpStatuses(response),
    ...linksOf(data),
    ...(dnssec && { dnssec }),
  }
}

function datesOf(data: XmlElement | undefined): Pick<DomainInfo, 'crDate' | 'exDate' | 'upDate'> {
  const [crDate, exDate, upDate] = ['crDate', 'exDate', 'upDate'].map((local) =>
    readDate(childText(data, DOMAIN_URI, local)),
  )
  return { ...(crDate && { crDate }), ...(exDate && { exDate }), ...(upDate && { upDate }) }
}

type Links = 'registrant' | 'contacts' | 'nameServers' | 'subordinateHosts'

function linksOf(data: XmlElement | undefined): Pick<DomainInfo, Links> {
  const registrant = childText(data, DOMAIN_URI, 'registrant')
  const contacts = children(data, DOMAIN_URI, 'contact').flatMap(readContact)
  const ns = child(data, DOMAIN_URI, 'ns')
  const subordinateHosts = children(data, DOMAIN_URI, 'host').map(({ text }) => tokenOf(text).toLowerCase())
  return {
    ...(registrant !== undefined && { registrant }),
    ...(contacts.length > 0 && { contacts }),
    ...(ns && { nameServers: ns.children.flatMap(readNameServer) }),
    ...(subordinateHosts.length > 0 && { subordinateHosts }),
  }
}

function readContact({ attributes, text }: XmlElement): readonly DomainContact[] {
  const type = attributes.get('type')
  if (type !== 'admin' && type !== 'billing' && type !== 'tech') return []
  return [{ type, id: tokenOf(text) }]
}

function readNameServer(server: XmlElement): readonly NameServer[] {
  if (server.local === 'hostObj') return [{ name: tokenOf(server.text).toLowerCase() }]
  const name = childText(server, DOMAIN_URI, 'hostName')
  if (name === undefined) return []
  const addresses = children(server, DOMAIN_URI, 'hostAddr').map(({ text }) => readAddress(text))
  return [{ name: name.toLowerCase(), addresses }]
}

/** `renData`; `undefined` without a name. RFC 5731 §3.2.3. */
export function readRenewed(response: EppResponse, dialect: Dialect = PLAIN): Renewed | undefined {
  const data = child(response.resData, DOMAIN_URI, 'renData')
  const name = childText(data, DOMAIN_URI, 'name')
  if (name === undefined) return undefined
  const exDate = readDate(childText(data, DOMAIN_URI, 'exDate'))
  const charged = dialect.fee?.readCharged(response)
  return { name: name.toLowerCase(), ...(exDate && { exDate }), ...(charged && { charged }) }
}

import type { DomainInfo } from '@droplock/rules/ports/registrar'
import type { DomainContact, NameServer } from '@droplock/rules/ports/registry-objects'
import { readSecDns } from '../extensions/secdns.ts'
import { DOMAIN_URI } from '../namespaces.ts'
import { child, children, childText, tokenOf } from '../xml/find.ts'
import type { XmlElement } from '../xml/read.ts'
import { readDate } from './date.ts'
import type { EppResponse } from './response.ts'
import { readRgpStatuses } from './rgp-statuses.ts'
import { readStatuses } from './statuses.ts'

/**
 * `infData`, or `undefined` when it is absent or lacks what decides (name, roid, clID). RFC 5731 §3.1.2. The authInfo is
 * left where it is.
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

function linksOf(data: XmlElement | undefined): Pick<DomainInfo, 'registrant' | 'contacts' | 'nameServers'> {
  const registrant = childText(data, DOMAIN_URI, 'registrant')
  const contacts = children(data, DOMAIN_URI, 'contact').flatMap(readContact)
  const ns = child(data, DOMAIN_URI, 'ns')
  return {
    ...(registrant !== undefined && { registrant }),
    ...(contacts.length > 0 && { contacts }),
    ...(ns && { nameServers: ns.children.flatMap(readNameServer) }),
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
  const addresses = children(server, DOMAIN_URI, 'hostAddr').map(({ text }) => tokenOf(text))
  return [{ name: name.toLowerCase(), addresses }]
}

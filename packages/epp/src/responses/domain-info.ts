import type { DomainInfo } from '@droplock/rules/ports/registrar'
import { DOMAIN_URI, RGP_URI } from '../namespaces.ts'
import { child, children, childText } from '../xml/find.ts'
import type { XmlElement } from '../xml/read.ts'
import { readDate } from './date.ts'
import type { EppResponse } from './response.ts'

/**
 * `infData`, or `undefined` when it is absent or lacks what decides (name, roid, clID). RFC 5731 §3.1.2; the RGP statuses
 * are in the extension, and come only when rgp-1.0 was logged in (RFC 3915 §4.1.2).
 */
export function readDomainInfo(response: EppResponse): DomainInfo | undefined {
  const data = child(response.resData, DOMAIN_URI, 'infData')
  const name = childText(data, DOMAIN_URI, 'name')
  const roid = childText(data, DOMAIN_URI, 'roid')
  const clID = childText(data, DOMAIN_URI, 'clID')
  if (name === undefined || roid === undefined || clID === undefined) return undefined
  const crDate = readDate(childText(data, DOMAIN_URI, 'crDate'))
  const exDate = readDate(childText(data, DOMAIN_URI, 'exDate'))
  return {
    name: name.toLowerCase(),
    roid,
    clID,
    ...(crDate && { crDate }),
    ...(exDate && { exDate }),
    statuses: statusesOf(data, DOMAIN_URI, 'status'),
    rgpStatuses: statusesOf(child(response.extension, RGP_URI, 'infData'), RGP_URI, 'rgpStatus'),
  }
}

function statusesOf(parent: XmlElement | undefined, uri: string, local: string): readonly string[] {
  return children(parent, uri, local).flatMap((status) => status.attributes.get('s') ?? [])
}

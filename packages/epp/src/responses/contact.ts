import type { ContactInfo, PostalInfo } from '@droplock/rules/ports/registry-objects'
import { CONTACT_URI } from '../namespaces.ts'
import { child, children, childText, tokenOf, type XmlElement } from '../xml.ts'
import { readDate } from './date.ts'
import { readStatuses } from './domain.ts'
import type { EppResponse } from './response.ts'

export type MadeContact = { readonly id: string; readonly crDate?: Date }

/** `creData` of a contact; some registries choose the id themselves. RFC 5733 §3.2.1. */
export function readMadeContact({ resData }: EppResponse): MadeContact | undefined {
  const data = child(resData, CONTACT_URI, 'creData')
  const id = childText(data, CONTACT_URI, 'id')
  const crDate = readDate(childText(data, CONTACT_URI, 'crDate'))
  return id === undefined ? undefined : { id, ...(crDate && { crDate }) }
}

/** `infData` of a contact; `undefined` without id, roid or clID. The authInfo is not read. RFC 5733 §3.1.2. */
export function readContactInfo({ resData }: EppResponse): ContactInfo | undefined {
  const data = child(resData, CONTACT_URI, 'infData')
  const [id, roid, clID] = ['id', 'roid', 'clID'].map((local) => childText(data, CONTACT_URI, local))
  if (id === undefined || roid === undefined || clID === undefined) return undefined
  const [voice, fax] = ['voice', 'fax'].map((local) => readPhone(child(data, CONTACT_URI, local)))
  const email = childText(data, CONTACT_URI, 'email')
  const crDate = readDate(childText(data, CONTACT_URI, 'crDate'))
  return {
    id,
    roid,
    clID,
    statuses: readStatuses(data, CONTACT_URI),
    postal: children(data, CONTACT_URI, 'postalInfo').map(readPostal),
    ...(voice !== undefined && { voice }),
    ...(fax !== undefined && { fax }),
    ...(email !== undefined && { email }),
    ...(crDate && { crDate }),
  }
}

function readPhone(phone: XmlElement | undefined): string | undefined {
  const number = tokenOf(phone?.text ?? '')
  const extension = phone?.attributes.get('x')
  return number === '' ? undefined : number + (extension === undefined ? '' : `x${extension}`)
}

function readPostal(postal: XmlElement): PostalInfo {
  const address = child(postal, CONTACT_URI, 'addr')
  const org = childText(postal, CONTACT_URI, 'org')
  const province = childText(address, CONTACT_URI, 'sp')
  const postalCode = childText(address, CONTACT_URI, 'pc')
  return {
    type: postal.attributes.get('type') === 'loc' ? 'loc' : 'int',
    name: childText(postal, CONTACT_URI, 'name') ?? '',
    ...(org !== undefined && { org }),
    street: children(address, CONTACT_URI, 'street').map(({ text }) => tokenOf(text)),
    city: childText(address, CONTACT_URI, 'city') ?? '',
    ...(province !== undefined && { province }),
    ...(postalCode !== undefined && { postalCode }),
    country: childText(address, CONTACT_URI, 'cc') ?? '',
  }
}

import type { DomainContact, NameServer } from '@droplock/rules/ports/registry-objects'
import { leaf, wrap } from '../xml/write.ts'
import { hostAddressesXml } from './host-addresses.ts'

/** `ns`, or nothing. Throws `RangeError` when names with and without addresses are mixed. RFC 5731 §1.1. */
export function nameServersXml(nameServers: readonly NameServer[] = []): string {
  if (nameServers.length === 0) return ''
  const asAttributes = nameServers.filter(({ addresses }) => addresses !== undefined)
  if (asAttributes.length === 0)
    return wrap('domain:ns', nameServers.map(({ name }) => leaf('domain:hostObj', name)).join(''))
  if (asAttributes.length < nameServers.length)
    throw new RangeError('name servers are host objects or host attributes, not both')
  const hosts = asAttributes.map(({ name, addresses = [] }) =>
    wrap('domain:hostAttr', leaf('domain:hostName', name) + hostAddressesXml('domain:hostAddr', addresses)),
  )
  return wrap('domain:ns', hosts.join(''))
}

/** The `contact` elements. */
export function contactsXml(contacts: readonly DomainContact[] = []): string {
  return contacts.map(({ type, id }) => leaf('domain:contact', id, { type })).join('')
}

import type { ContactContent, Disclose, Phone, PostalAddress, PostalInfo } from '../../registry/objects.ts'
import { EppFault } from '../result-codes.ts'
import { type Element, readChildren, token } from '../xml.ts'
import { readNewAuthInfo } from './internal.ts'

/** Readers for the parts of a contact (RFC 5733 §2). Each throws `EppFault` for what the schema forbids. */

const STREETS_MAX = 3
const LINE_CHARACTERS_MAX = 255
const PHONE = /^\+\d{1,3}\.\d{1,14}$/
const EMAIL = /^\S+@\S+$/

function line(element: Element | undefined): string | undefined {
  const text = element && token(element)
  if (text && text.length > LINE_CHARACTERS_MAX) throw new EppFault(2005, 'A line is too long')
  return text
}

function required(element: Element | undefined, what: string): string {
  const text = line(element)
  if (!text) throw new EppFault(2005, `${what} is empty`)
  return text
}

function readAddress(element: Element): PostalAddress {
  const parts = readChildren(element, {
    street: 'any',
    city: 'one',
    sp: 'optional',
    pc: 'optional',
    cc: 'one',
  })
  if (parts.street.length > STREETS_MAX) throw new EppFault(2001, `At most ${STREETS_MAX} street lines`)
  const cc = required(parts.cc[0], 'The country')
  if (!/^[A-Za-z]{2}$/.test(cc)) throw new EppFault(2005, 'A country has two letters')
  const pc = line(parts.pc[0])
  if (pc !== undefined && pc.length > 16) throw new EppFault(2005, 'A postal code is too long')
  return {
    streets: parts.street.map((street) => line(street) ?? ''),
    city: required(parts.city[0], 'The city'),
    sp: line(parts.sp[0]),
    pc,
    cc: cc.toUpperCase(),
  }
}

function typeOf(element: Element): string {
  const type = element.attributes.get('type') ?? ''
  if (type !== 'int' && type !== 'loc') throw new EppFault(2001, 'A postalInfo is int or loc')
  return type
}

function readPostalInfos(elements: readonly Element[]): readonly PostalInfo[] {
  const types = new Set(elements.map(typeOf))
  if (elements.length > 2 || types.size < elements.length) throw new EppFault(2001, 'One postalInfo a type')
  return elements.map((element) => {
    const parts = readChildren(element, { name: 'one', org: 'optional', addr: 'one' })
    const [address] = parts.addr
    if (!address) throw new EppFault(2003, 'No address')
    return {
      type: typeOf(element),
      name: required(parts.name[0], 'The name'),
      org: line(parts.org[0]),
      address: readAddress(address),
    }
  })
}

/** Applies the postalInfo of an update, whose parts are optional, to the stored one. */
export function changePostalInfo(held: PostalInfo | undefined, element: Element): PostalInfo {
  const parts = readChildren(element, { name: 'optional', org: 'optional', addr: 'optional' })
  const name = parts.name[0] ? required(parts.name[0], 'The name') : held?.name
  const address = parts.addr[0] ? readAddress(parts.addr[0]) : held?.address
  if (name === undefined || address === undefined) throw new EppFault(2003, 'A new postalInfo must be whole')
  return { type: typeOf(element), name, org: parts.org[0] ? line(parts.org[0]) : held?.org, address }
}

/** A phone number; an empty one removes the number. */
export function readPhone(element: Element | undefined): Phone | undefined {
  const number = element ? token(element) : ''
  if (!element || number === '') return undefined
  if (!PHONE.test(number) || number.length > 17) throw new EppFault(2005, 'Not a phone number')
  return { number, extension: element.attributes.get('x') }
}

export function readEmail(element: Element | undefined): string {
  const email = required(element, 'The email')
  if (!EMAIL.test(email)) throw new EppFault(2005, 'Not an email address')
  return email
}

export function readDisclose(element: Element | undefined): Disclose | undefined {
  if (!element) return undefined
  readChildren(element, {
    name: 'any',
    org: 'any',
    addr: 'any',
    voice: 'optional',
    fax: 'optional',
    email: 'optional',
  })
  const flag = element.attributes.get('flag') ?? ''
  if (!['0', '1', 'true', 'false'].includes(flag)) throw new EppFault(2001, 'A disclose has a flag')
  return {
    flag,
    elements: element.children.map((child) => {
      const isTyped = child.local === 'name' || child.local === 'org' || child.local === 'addr'
      return { local: child.local, type: isTyped ? typeOf(child) : undefined }
    }),
  }
}

/** Everything in a create except the id. */
export function readContent(object: Element): ContactContent {
  const parts = readChildren(object, {
    id: 'one',
    postalInfo: 'some',
    voice: 'optional',
    fax: 'optional',
    email: 'one',
    authInfo: 'one',
    disclose: 'optional',
  })
  return {
    postalInfos: readPostalInfos(parts.postalInfo),
    voice: readPhone(parts.voice[0]),
    fax: readPhone(parts.fax[0]),
    email: readEmail(parts.email[0]),
    authInfo: readNewAuthInfo(parts.authInfo[0]),
    disclose: readDisclose(parts.disclose[0]),
  }
}

import type { Availability } from '@droplock/rules/ports/registrar'
import type {
  ContactDetails,
  ContactInfo,
  CreateContact,
  Disclosure,
  PostalInfo,
  UpdateContact,
} from '@droplock/rules/ports/registry-objects'
import { CONTACT_URI } from '../namespaces.ts'
import { type MadeContact, readContactInfo, readMadeContact } from '../responses/contact.ts'
import { readChecked } from '../responses/response.ts'
import { leaf, leaves, wrap } from '../xml.ts'
import { type Command, command, statusesXml } from './command.ts'

const STREET_LINES_MAX = 3

/** The fields that may stand in a contact's create and in the `chg` of its update, in the schema's order. */
function contactDetailsXml(details: Partial<ContactDetails>, authInfo: string | undefined): string {
  const { voice, fax, email, disclosure } = details
  const postal = details.postal?.filter((one) => one !== undefined) ?? []
  const parts = [
    ...postal.map(postalXml),
    phoneXml('contact:voice', voice),
    phoneXml('contact:fax', fax),
    leaf('contact:email', email),
    authInfo === undefined ? '' : wrap('contact:authInfo', leaf('contact:pw', authInfo)),
    disclosure === undefined ? '' : disclosureXml(disclosure, postal),
  ]
  return parts.join('')
}

/** The extension is an attribute. RFC 5733 §2.5. */
function phoneXml(element: string, phone: string | undefined): string {
  const [number, x] = phone?.split('x') ?? []
  return leaf(element, number, { x })
}

function postalXml({ type, name, org, street, city, province, postalCode, country }: PostalInfo): string {
  if (street.length > STREET_LINES_MAX) throw new RangeError(`a street has at most ${STREET_LINES_MAX} lines`)
  const address = [
    leaves('contact:street', street),
    leaf('contact:city', city),
    leaf('contact:sp', province),
    leaf('contact:pc', postalCode),
    leaf('contact:cc', country),
  ]
  const parts = leaf('contact:name', name) + leaf('contact:org', org) + wrap('contact:addr', address.join(''))
  return wrap('contact:postalInfo', parts, { type })
}

/** In the order of the schema. Name, organisation and address carry the type of their postal information. */
const FIELDS = ['name', 'org', 'addr', 'voice', 'fax', 'email'] as const
const POSTAL_FIELDS: ReadonlySet<string> = new Set(['name', 'org', 'addr'])

function disclosureXml({ show, fields }: Disclosure, postal: readonly PostalInfo[]): string {
  const types = postal.map(({ type }) => type)
  const kinds = types.length > 0 ? types : ['int']
  const inner = FIELDS.filter((field) => fields.includes(field)).flatMap((field) =>
    POSTAL_FIELDS.has(field)
      ? kinds.map((type) => wrap(`contact:${field}`, '', { type }))
      : [wrap(`contact:${field}`, '')],
  )
  return wrap('contact:disclose', inner.join(''), { flag: show ? 1 : 0 })
}

/** Asks which contact ids are free. Throws `RangeError` for an empty list. RFC 5733 §3.1.1. */
export function checkContacts(ids: readonly string[]): Command<readonly Availability[]> {
  if (ids.length === 0) throw new RangeError('a check needs at least one contact')
  return command({
    name: 'contact_check',
    objects: ids,
    verb: wrap('check', wrap('contact:check', leaves('contact:id', ids), { 'xmlns:contact': CONTACT_URI })),
    read: (response) => readChecked(response, CONTACT_URI),
  })
}

/** Creates a contact. RFC 5733 §3.2.1. */
export function createContact(order: Omit<CreateContact, 'clTRID'>): Command<MadeContact> {
  const { id, authInfo } = order
  const inner = leaf('contact:id', id) + contactDetailsXml(order, authInfo)
  return command({
    name: 'contact_create',
    objects: [id],
    secrets: [authInfo],
    verb: wrap('create', wrap('contact:create', inner, { 'xmlns:contact': CONTACT_URI })),
    read: readMadeContact,
  })
}

/** Asks for a contact's data. RFC 5733 §3.1.2. */
export function infoContact(id: string): Command<ContactInfo> {
  return command({
    name: 'contact_info',
    objects: [id],
    verb: wrap('info', wrap('contact:info', leaf('contact:id', id), { 'xmlns:contact': CONTACT_URI })),
    read: readContactInfo,
  })
}

/** Changes a contact. Order: add, rem, chg. Throws `RangeError` when there is nothing to change. RFC 5733 §3.2.4. */
export function updateContact(order: Omit<UpdateContact, 'clTRID'>): Command<undefined> {
  const { id, addStatuses, removeStatuses, change } = order
  const added = statusesXml('contact:status', addStatuses)
  const removed = statusesXml('contact:status', removeStatuses)
  const changed = change === undefined ? '' : contactDetailsXml(change, change.authInfo)
  const changes =
    (added && wrap('contact:add', added)) +
    (removed && wrap('contact:rem', removed)) +
    (changed && wrap('contact:chg', changed))
  if (changes === '') throw new RangeError(`nothing to change about ${id}`)
  const inner = leaf('contact:id', id) + changes
  return command({
    name: 'contact_update',
    objects: [id],
    ...(change?.authInfo !== undefined && { secrets: [change.authInfo] }),
    verb: wrap('update', wrap('contact:update', inner, { 'xmlns:contact': CONTACT_URI })),
    read: () => undefined,
  })
}

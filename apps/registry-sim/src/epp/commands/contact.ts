import type { Contact, ContactContent, Disclose, Phone, PostalInfo } from '../../registry/objects.ts'
import { nextRoid, RECORDS_MAX, type Registry } from '../../registry/registry.ts'
import type { Context, Decision } from '../decision.ts'
import { EppFault } from '../result-codes.ts'
import {
  type Answer,
  contactData,
  dateTime,
  type Element,
  escapeXml,
  optionalElement,
  readChildren,
} from '../xml.ts'
import { changePostalInfo, readContent, readDisclose, readEmail, readPhone } from './contact-content.ts'
import { readContactId } from './domain/internal.ts'
import {
  changeStatuses,
  clientStatuses,
  readAuthInfo,
  readNewAuthInfo,
  readStatuses,
  requireUpdatable,
} from './internal.ts'

/** The contact, when the session's account sponsors it. Throws `EppFault`: 2303, 2201. */
function findOwnContact({ registry, account }: Context, id: string): Contact {
  const contact = registry.contacts.get(id)
  if (!contact) throw new EppFault(2303, 'No such contact')
  if (contact.clID !== account.clid) throw new EppFault(2201, 'Another registrar sponsors it')
  return contact
}

/** Whether a registration names the contact. */
function isLinkedContact(registry: Registry, id: string): boolean {
  for (const { registration } of registry.names.values()) {
    if (registration?.registrant === id) return true
    if (registration?.contacts.some((contact) => contact.id === id)) return true
  }
  return false
}

/** RFC 5733 §2.2: `linked` is added to the others, `ok` is shown when there are none. */
function contactStatuses(registry: Registry, { id, statuses }: Contact): readonly string[] {
  const own = statuses.length > 0 ? statuses : ['ok']
  return isLinkedContact(registry, id) ? [...own, 'linked'] : own
}

const IDS_PER_CHECK_MAX = 50

/** RFC 5733 §3.1.1. */
export function checkContacts({ registry, object }: Context): Decision {
  const ids = readChildren(object, { id: 'some' }).id.map(readContactId)
  if (ids.length > IDS_PER_CHECK_MAX) throw new EppFault(2306, `At most ${IDS_PER_CHECK_MAX} contacts`)
  const data = ids.map((id) => {
    const isTaken = registry.contacts.has(id)
    const why = isTaken ? '<contact:reason>In use</contact:reason>' : ''
    return `<contact:cd><contact:id avail="${isTaken ? 0 : 1}">${escapeXml(id)}</contact:id>${why}</contact:cd>`
  })
  return { code: 1000, resData: contactData('chkData', data.join('')) }
}

/** RFC 5733 §3.2.1. */
export function createContact({ registry, account, object, moment }: Context): Decision {
  const content = readContent(object)
  if (registry.settings.contactForms === 'int' && !content.postalInfos.some(({ type }) => type === 'int'))
    throw new EppFault(2003, 'The internationalised form must be given')
  const [first] = object.children
  const id = first ? readContactId(first) : ''
  if (registry.contacts.has(id)) return { code: 2302 }
  if (registry.contacts.size >= RECORDS_MAX) return { code: 2400, reason: 'The registry is full' }
  const { nowMs } = moment
  const commit = () => {
    const contact: Contact = {
      id,
      roid: nextRoid(registry, 'C'),
      clID: account.clid,
      crDateMs: nowMs,
      upDateMs: undefined,
      content,
      statuses: [],
    }
    registry.contacts.set(id, contact)
    const inside = `<contact:id>${escapeXml(id)}</contact:id><contact:crDate>${dateTime(nowMs)}</contact:crDate>`
    return { code: 1000, resData: contactData('creData', inside) } as const
  }
  return { code: 1000, commit }
}

const field = (local: string, text: string | undefined) => optionalElement('contact', local, text)

function postalInfo({ type, name, org, address }: PostalInfo): string {
  const { streets, city, sp, pc, cc } = address
  const lines = [...streets.map((street) => field('street', street)), field('city', city), field('sp', sp)]
  const where = `<contact:addr>${lines.join('')}${field('pc', pc)}${field('cc', cc)}</contact:addr>`
  return `<contact:postalInfo type="${type}">${field('name', name)}${field('org', org)}${where}</contact:postalInfo>`
}

function phone(local: string, held: Phone | undefined): string {
  if (!held) return ''
  const extension = held.extension === undefined ? '' : ` x="${escapeXml(held.extension)}"`
  return `<contact:${local}${extension}>${held.number}</contact:${local}>`
}

function disclose(held: Disclose | undefined): string {
  if (!held) return ''
  const elements = held.elements.map(({ local, type }) =>
    type === undefined ? `<contact:${local}/>` : `<contact:${local} type="${type}"/>`,
  )
  return `<contact:disclose flag="${held.flag}">${elements.join('')}</contact:disclose>`
}

function infoData({ registry, account }: Context, contact: Contact): string {
  const { id, roid, clID, crDateMs, upDateMs, content } = contact
  const updated = upDateMs === undefined ? undefined : dateTime(upDateMs)
  const isOwn = clID === account.clid
  return [
    field('id', id),
    field('roid', roid),
    ...contactStatuses(registry, contact).map((status) => `<contact:status s="${status}"/>`),
    ...content.postalInfos.map(postalInfo),
    phone('voice', content.voice),
    phone('fax', content.fax),
    field('email', content.email),
    field('clID', clID),
    field('crID', clID),
    field('crDate', dateTime(crDateMs)),
    field('upID', updated && clID),
    field('upDate', updated),
    isOwn ? `<contact:authInfo>${field('pw', content.authInfo)}</contact:authInfo>` : '',
    disclose(content.disclose),
  ].join('')
}

/** RFC 5733 §3.1.2. Another registrar's contact is shown only with its authInfo: 2201 without, 2202 with a wrong one. */
export function infoContact(context: Context): Decision {
  const parts = readChildren(context.object, { id: 'one', authInfo: 'optional' })
  const contact = context.registry.contacts.get(parts.id[0] ? readContactId(parts.id[0]) : '')
  if (!contact) return { code: 2303 }
  const [authInfo] = parts.authInfo
  if (authInfo && readAuthInfo(authInfo) !== contact.content.authInfo) return { code: 2202 }
  if (!authInfo && contact.clID !== context.account.clid) return { code: 2201 }
  return { code: 1000, resData: contactData('infData', infoData(context, contact)) }
}

function changePostalInfos(held: readonly PostalInfo[], elements: readonly Element[]): readonly PostalInfo[] {
  const changed = new Map(held.map((info) => [info.type, info]))
  for (const element of elements) {
    const info = changePostalInfo(changed.get(element.attributes.get('type') ?? ''), element)
    changed.set(info.type, info)
  }
  return [...changed.values()]
}

function changeContent(held: ContactContent, element: Element | undefined): ContactContent {
  if (!element) return held
  const parts = readChildren(element, {
    postalInfo: 'any',
    voice: 'optional',
    fax: 'optional',
    email: 'optional',
    authInfo: 'optional',
    disclose: 'optional',
  })
  return {
    postalInfos: changePostalInfos(held.postalInfos, parts.postalInfo),
    voice: parts.voice[0] ? readPhone(parts.voice[0]) : held.voice,
    fax: parts.fax[0] ? readPhone(parts.fax[0]) : held.fax,
    email: parts.email[0] ? readEmail(parts.email[0]) : held.email,
    authInfo: parts.authInfo[0] ? readNewAuthInfo(parts.authInfo[0]) : held.authInfo,
    disclose: parts.disclose[0] ? readDisclose(parts.disclose[0]) : held.disclose,
  }
}

function readPart(element: Element | undefined): readonly string[] {
  return element ? readStatuses(readChildren(element, { status: 'some' }).status, clientStatuses.contact) : []
}

/** RFC 5733 §3.2.4. */
export function updateContact(context: Context): Decision {
  const { registry, object, moment } = context
  const parts = readChildren(object, { id: 'one', add: 'optional', rem: 'optional', chg: 'optional' })
  const contact = findOwnContact(context, parts.id[0] ? readContactId(parts.id[0]) : '')
  const added = readPart(parts.add[0])
  const removed = readPart(parts.rem[0])
  requireUpdatable(contact.statuses, removed)
  const statuses = changeStatuses(contact.statuses, added, removed)
  const content = changeContent(contact.content, parts.chg[0])
  const commit = (): Answer => {
    registry.contacts.set(contact.id, { ...contact, statuses, content, upDateMs: moment.nowMs })
    return { code: 1000 }
  }
  return { code: 1000, commit }
}

/** RFC 5733 §3.2.2: 2305 while a domain names it. */
export function deleteContact(context: Context): Decision {
  const { registry, object } = context
  const [id] = readChildren(object, { id: 'one' }).id
  const contact = findOwnContact(context, id ? readContactId(id) : '')
  if (contact.statuses.includes('clientDeleteProhibited'))
    return { code: 2304, reason: 'clientDeleteProhibited' }
  if (isLinkedContact(registry, contact.id)) return { code: 2305, reason: 'A domain names it' }
  const commit = (): Answer => {
    registry.contacts.delete(contact.id)
    return { code: 1000 }
  }
  return { code: 1000, commit }
}

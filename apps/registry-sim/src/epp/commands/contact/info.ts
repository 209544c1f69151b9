import type { Contact, Disclose, Phone, PostalInfo } from '../../../registry/contacts.ts'
import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import { contactData, optionalElement } from '../../write-xml.ts'
import { dateTime, escapeXml } from '../../xml-text.ts'
import { readAuthInfo } from '../auth-info.ts'
import { readContactId } from '../domain/read-parts.ts'
import { contactStatuses } from './linked.ts'

const element = (local: string, text: string | undefined) => optionalElement('contact', local, text)

function postalInfo({ type, name, org, address }: PostalInfo): string {
  const { streets, city, sp, pc, cc } = address
  const lines = [
    ...streets.map((street) => element('street', street)),
    element('city', city),
    element('sp', sp),
  ]
  const where = `<contact:addr>${lines.join('')}${element('pc', pc)}${element('cc', cc)}</contact:addr>`
  return `<contact:postalInfo type="${type}">${element('name', name)}${element('org', org)}${where}</contact:postalInfo>`
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
    element('id', id),
    element('roid', roid),
    ...contactStatuses(registry, contact).map((status) => `<contact:status s="${status}"/>`),
    ...content.postalInfos.map(postalInfo),
    phone('voice', content.voice),
    phone('fax', content.fax),
    element('email', content.email),
    element('clID', clID),
    element('crID', clID),
    element('crDate', dateTime(crDateMs)),
    element('upID', updated && clID),
    element('upDate', updated),
    isOwn ? `<contact:authInfo>${element('pw', content.authInfo)}</contact:authInfo>` : '',
    disclose(content.disclose),
  ].join('')
}

/** RFC 5733 §3.1.2. Another registrar's contact is told only with its authInfo: 2201 without, 2202 with a wrong one. */
export function infoContact(context: Context): Decision {
  const parts = readChildren(context.object, { id: 'one', authInfo: 'optional' })
  const contact = context.registry.contacts.get(parts.id[0] ? readContactId(parts.id[0]) : '')
  if (!contact) return { code: 2303 }
  const [authInfo] = parts.authInfo
  if (authInfo && readAuthInfo(authInfo) !== contact.content.authInfo) return { code: 2202 }
  if (!authInfo && contact.clID !== context.account.clid) return { code: 2201 }
  return { code: 1000, resData: contactData('infData', infoData(context, contact)) }
}

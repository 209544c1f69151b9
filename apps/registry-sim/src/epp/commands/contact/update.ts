import type { ContactContent, PostalInfo } from '../../../registry/contacts.ts'
import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import type { Element } from '../../read-xml.ts'
import type { Answer } from '../../write-xml.ts'
import { readNewAuthInfo } from '../auth-info.ts'
import { readContactId } from '../domain/read-parts.ts'
import { changeStatuses, clientStatuses, readStatuses, requireUpdatable } from '../statuses.ts'
import { findOwnContact } from './find-own.ts'
import { changePostalInfo, readDisclose, readEmail, readPhone } from './read-content.ts'

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

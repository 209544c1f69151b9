import type { Contact } from '../../../registry/contacts.ts'
import { nextRoid, RECORDS_MAX } from '../../../registry/registry.ts'
import type { Context, Decision } from '../../decision.ts'
import { contactData } from '../../write-xml.ts'
import { dateTime, escapeXml } from '../../xml-text.ts'
import { readContactId } from '../domain/read-parts.ts'
import { readContent } from './read-content.ts'

/** RFC 5733 §3.2.1. */
export function createContact({ registry, account, object, moment }: Context): Decision {
  const content = readContent(object)
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

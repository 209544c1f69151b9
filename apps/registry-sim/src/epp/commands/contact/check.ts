import type { Context, Decision } from '../../decision.ts'
import { readChildren } from '../../read-children.ts'
import { EppFault } from '../../result-codes.ts'
import { contactData } from '../../write-xml.ts'
import { escapeXml } from '../../xml-text.ts'
import { readContactId } from '../domain/read-parts.ts'

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

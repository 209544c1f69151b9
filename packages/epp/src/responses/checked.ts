import type { Availability } from '@droplock/rules/ports/registrar'
import { readBoolean } from '../xml/boolean.ts'
import { child, children, childText, tokenOf } from '../xml/find.ts'
import type { XmlElement } from '../xml/read.ts'
import type { EppResponse } from './response.ts'

/**
 * `chkData` of domains, contacts or hosts, by their namespace; in the registry's order, which need not be ours, and names
 * of domains and hosts in lower case. `undefined` without it. RFC 5731, 5732 and 5733 §3.1.1.
 */
export function readChecked(response: EppResponse, uri: string): readonly Availability[] | undefined {
  const data = child(response.resData, uri, 'chkData')
  return data && children(data, uri, 'cd').flatMap((checked) => readOne(checked, uri))
}

function readOne(checked: XmlElement, uri: string): readonly Availability[] {
  const name = child(checked, uri, 'name')
  const found = name ?? child(checked, uri, 'id')
  const available = readBoolean(found?.attributes.get('avail'))
  if (found === undefined || available === undefined) return []
  const text = tokenOf(found.text)
  const reason = childText(checked, uri, 'reason')
  return [{ name: name ? text.toLowerCase() : text, available, ...(reason !== undefined && { reason }) }]
}

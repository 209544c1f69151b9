import type { Availability } from '@droplock/rules/ports/registrar'
import { DOMAIN_URI } from '../namespaces.ts'
import { child, children, childText, tokenOf } from '../xml/find.ts'
import type { XmlElement } from '../xml/read.ts'
import type { EppResponse } from './response.ts'

/** `xs:boolean` has four spellings. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])

/** `chkData` in the registry's order, which need not be ours; names lower case. `undefined` without it. RFC 5731 §3.1.1. */
export function readChecked(response: EppResponse): readonly Availability[] | undefined {
  const data = child(response.resData, DOMAIN_URI, 'chkData')
  return data && children(data, DOMAIN_URI, 'cd').flatMap(readOne)
}

function readOne(checked: XmlElement): readonly Availability[] {
  const name = child(checked, DOMAIN_URI, 'name')
  const available = BOOLEANS.get(name?.attributes.get('avail')?.trim() ?? '')
  if (name === undefined || available === undefined) return []
  const reason = childText(checked, DOMAIN_URI, 'reason')
  return [{ name: tokenOf(name.text).toLowerCase(), available, ...(reason !== undefined && { reason }) }]
}

import type { Renewed } from '@droplock/rules/ports/registry-objects'
import { DOMAIN_URI } from '../namespaces.ts'
import { type Dialect, PLAIN } from '../session/dialect.ts'
import { child, childText } from '../xml/find.ts'
import { readDate } from './date.ts'
import type { EppResponse } from './response.ts'

/** `renData`; `undefined` without a name. RFC 5731 §3.2.3. */
export function readRenewed(response: EppResponse, dialect: Dialect = PLAIN): Renewed | undefined {
  const data = child(response.resData, DOMAIN_URI, 'renData')
  const name = childText(data, DOMAIN_URI, 'name')
  if (name === undefined) return undefined
  const exDate = readDate(childText(data, DOMAIN_URI, 'exDate'))
  const charged = dialect.fee?.readCharged(response)
  return { name: name.toLowerCase(), ...(exDate && { exDate }), ...(charged && { charged }) }
}

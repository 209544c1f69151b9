import type { Created } from '@droplock/rules/ports/registrar'
import { DOMAIN_URI } from '../namespaces.ts'
import { type Dialect, PLAIN } from '../session/dialect.ts'
import { child, childText } from '../xml/find.ts'
import { readDate } from './date.ts'
import type { EppResponse } from './response.ts'

/** `creData`, or `undefined` when it is absent or lacks a readable name or date (`info` tells then). RFC 5731 §3.2.1. */
export function readCreated(response: EppResponse, dialect: Dialect = PLAIN): Created | undefined {
  const data = child(response.resData, DOMAIN_URI, 'creData')
  const name = childText(data, DOMAIN_URI, 'name')
  const crDate = readDate(childText(data, DOMAIN_URI, 'crDate'))
  const exDate = readDate(childText(data, DOMAIN_URI, 'exDate'))
  if (name === undefined || crDate === undefined) return undefined
  const charged = dialect.fee?.readCharged(response)
  return { name: name.toLowerCase(), crDate, ...(exDate && { exDate }), ...(charged && { charged }) }
}

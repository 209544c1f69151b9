import { HOST_URI } from '../namespaces.ts'
import { child, childText } from '../xml/find.ts'
import { readDate } from './date.ts'
import type { EppResponse } from './response.ts'

export type MadeHost = { readonly name: string; readonly crDate?: Date }

/** `creData` of a host. RFC 5732 §3.2.1. */
export function readMadeHost({ resData }: EppResponse): MadeHost | undefined {
  const data = child(resData, HOST_URI, 'creData')
  const name = childText(data, HOST_URI, 'name')
  const crDate = readDate(childText(data, HOST_URI, 'crDate'))
  return name === undefined ? undefined : { name: name.toLowerCase(), ...(crDate && { crDate }) }
}

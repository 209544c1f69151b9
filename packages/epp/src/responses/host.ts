import type { HostInfo } from '@droplock/rules/ports/registry-objects'
import { HOST_URI } from '../namespaces.ts'
import { child, children, childText } from '../xml.ts'
import { readAddress } from './address.ts'
import { readDate } from './date.ts'
import { readStatuses } from './domain.ts'
import type { EppResponse } from './response.ts'

export type MadeHost = { readonly name: string; readonly crDate?: Date }

/** `creData` of a host. RFC 5732 §3.2.1. */
export function readMadeHost({ resData }: EppResponse): MadeHost | undefined {
  const data = child(resData, HOST_URI, 'creData')
  const name = childText(data, HOST_URI, 'name')
  const crDate = readDate(childText(data, HOST_URI, 'crDate'))
  return name === undefined ? undefined : { name: name.toLowerCase(), ...(crDate && { crDate }) }
}

/** `infData` of a host; `undefined` without name, roid or clID. RFC 5732 §3.1.2. */
export function readHostInfo({ resData }: EppResponse): HostInfo | undefined {
  const data = child(resData, HOST_URI, 'infData')
  const name = childText(data, HOST_URI, 'name')
  const roid = childText(data, HOST_URI, 'roid')
  const clID = childText(data, HOST_URI, 'clID')
  if (name === undefined || roid === undefined || clID === undefined) return undefined
  const crDate = readDate(childText(data, HOST_URI, 'crDate'))
  return {
    name: name.toLowerCase(),
    roid,
    clID,
    statuses: readStatuses(data, HOST_URI),
    addresses: children(data, HOST_URI, 'addr').map(({ text }) => readAddress(text)),
    ...(crDate && { crDate }),
  }
}

import { CONTACT_URI } from '../namespaces.ts'
import { child, childText } from '../xml/find.ts'
import { readDate } from './date.ts'
import type { EppResponse } from './response.ts'

export type MadeContact = { readonly id: string; readonly crDate?: Date }

/** `creData` of a contact; some registries choose the id themselves. RFC 5733 §3.2.1. */
export function readMadeContact({ resData }: EppResponse): MadeContact | undefined {
  const data = child(resData, CONTACT_URI, 'creData')
  const id = childText(data, CONTACT_URI, 'id')
  const crDate = readDate(childText(data, CONTACT_URI, 'crDate'))
  return id === undefined ? undefined : { id, ...(crDate && { crDate }) }
}

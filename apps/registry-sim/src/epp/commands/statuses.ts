import type { Element } from '../read-xml.ts'
import { EppFault } from '../result-codes.ts'

/** Statuses of an object (RFC 5731 §2.3, 5732 §2.3, 5733 §2.2): a client sets and takes away the `client…` ones alone. */

const OF_DOMAIN = [
  'clientDeleteProhibited',
  'clientHold',
  'clientRenewProhibited',
  'clientTransferProhibited',
]
const OF_ALL = ['clientDeleteProhibited', 'clientTransferProhibited', 'clientUpdateProhibited']
export const clientStatuses = {
  domain: new Set([...OF_DOMAIN, ...OF_ALL]),
  contact: new Set(OF_ALL),
  host: new Set(['clientDeleteProhibited', 'clientUpdateProhibited']),
} as const

export function readStatuses(elements: readonly Element[], known: ReadonlySet<string>): readonly string[] {
  return elements.map((element) => {
    const status = element.attributes.get('s') ?? ''
    if (!known.has(status)) throw new EppFault(2306, 'Not a status that a client sets')
    return status
  })
}

/** The set after an update. Throws `EppFault` 2306 for adding what is there, or taking away what is not. */
export function changeStatuses(
  held: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): readonly string[] {
  if (added.some((status) => held.includes(status))) throw new EppFault(2306, 'The status is set already')
  if (removed.some((status) => !held.includes(status))) throw new EppFault(2306, 'The status is not set')
  return [...held.filter((status) => !removed.includes(status)), ...added]
}

/** RFC 5731 §3.2.5: of a prohibited update only the lifting of the prohibition passes. Throws `EppFault` 2304. */
export function requireUpdatable(held: readonly string[], removed: readonly string[]): void {
  const prohibited = 'clientUpdateProhibited'
  if (held.includes(prohibited) && !removed.includes(prohibited)) throw new EppFault(2304, prohibited)
}

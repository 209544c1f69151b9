import { isIP } from 'node:net'
import type { Address } from '../../registry/records.ts'
import { EppFault } from '../result-codes.ts'
import { type Element, readChildren, token } from '../xml.ts'

const PASSWORD = /^\S{6,64}$/

/** The password of an authInfo (RFC 5731 §2.6). Throws `EppFault` 2102 for the `ext` form. */
export function readAuthInfo(element: Element): string {
  if (element.children[0]?.local === 'ext') throw new EppFault(2102, 'Only authInfo pw is taken')
  const [password] = readChildren(element, { pw: 'one' }).pw
  return password ? token(password) : ''
}

/** The authInfo to store with an object. Throws `EppFault` 2005 when it is too short or too long. */
export function readNewAuthInfo(element: Element | undefined): string {
  const password = element ? readAuthInfo(element) : ''
  if (!PASSWORD.test(password)) throw new EppFault(2005, 'An authInfo pw has 6 to 64 characters')
  return password
}

/** Statuses of an object (RFC 5731 §2.3, 5732 §2.3, 5733 §2.2): a client sets and removes only the `client…` ones. */

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

/** The statuses after an update. Throws `EppFault` 2306 for adding one that is set, or removing one that is not. */
export function changeStatuses(
  held: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): readonly string[] {
  if (added.some((status) => held.includes(status))) throw new EppFault(2306, 'The status is set already')
  if (removed.some((status) => !held.includes(status))) throw new EppFault(2306, 'The status is not set')
  return [...held.filter((status) => !removed.includes(status)), ...added]
}

/** RFC 5731 §3.2.5: when updates are prohibited, only an update that lifts the prohibition is allowed. Throws `EppFault` 2304. */
export function requireUpdatable(held: readonly string[], removed: readonly string[]): void {
  const prohibited = 'clientUpdateProhibited'
  if (held.includes(prohibited) && !removed.includes(prohibited)) throw new EppFault(2304, prohibited)
}

/** An IP address of a host (RFC 5732 §2.5). Throws `EppFault` 2005 for an invalid one. */
export function readAddress(element: Element): Address {
  const ip = element.attributes.get('ip') ?? 'v4'
  if (ip !== 'v4' && ip !== 'v6') throw new EppFault(2001, 'An address is v4 or v6')
  const text = token(element)
  if (isIP(text) !== (ip === 'v4' ? 4 : 6)) throw new EppFault(2005, 'Not an IP address')
  return { ip, text }
}

import type { RegistryNotice } from '@droplock/rules/ports/registry-objects'
import { child, children, childText, tokenOf, type XmlElement } from '../xml.ts'
import { readDate } from './date.ts'

const CHANGE_URI = 'urn:ietf:params:xml:ns:changePoll-1.0'
const MAINTENANCE_URI = 'urn:ietf:params:xml:ns:epp:maintenance-1.0'
/** Verisign's low-balance mapping; other registries have taken the names of its elements over. */
const BALANCE_LOCAL = 'pollData'
/** FRED's notice of low credit. */
const CREDIT_LOCAL = 'lowCreditData'

/**
 * What a message says in the data of a standard, wherever the registry puts it: in `resData`, in `extension`, in the text, or wrapped
 * in an `extValue` where its namespace is not in the login (RFC 9038). Undefined where there is no such data, or it can't be read.
 */
export function readNotice(root: XmlElement): RegistryNotice | undefined {
  return readMaintenance(root) ?? readBalance(root) ?? readChange(root)
}

/** RFC 9167 §4.1.3. One that was deleted, or is over, does not stand in the way any more. */
function readMaintenance(root: XmlElement): RegistryNotice | undefined {
  const data = find(root, ({ uri, local }) => uri === MAINTENANCE_URI && local === 'maint')
  const id = childText(data, MAINTENANCE_URI, 'id')
  const from = readDate(childText(data, MAINTENANCE_URI, 'start'))
  const to = readDate(childText(data, MAINTENANCE_URI, 'end'))
  if (data === undefined || id === undefined || from === undefined || to === undefined) return undefined
  const pollType = childText(data, MAINTENANCE_URI, 'pollType')
  const systems = children(child(data, MAINTENANCE_URI, 'systems'), MAINTENANCE_URI, 'system')
  return {
    kind: 'maintenance',
    id,
    from,
    to,
    isCanceled: pollType === 'delete' || pollType === 'end',
    systems: systems.flatMap((system) => childText(system, MAINTENANCE_URI, 'name') ?? []),
  }
}

function readBalance(root: XmlElement): RegistryNotice | undefined {
  const data = find(root, ({ uri, local }) => local === BALANCE_LOCAL && uri.includes('lowbalance'))
  if (data !== undefined) {
    const available = childText(data, data.uri, 'availableCredit')
    const threshold = childText(data, data.uri, 'creditThreshold')
    return {
      kind: 'balance_low',
      ...(available !== undefined && { available }),
      ...(threshold !== undefined && { threshold }),
    }
  }
  const credit = find(root, ({ local }) => local === CREDIT_LOCAL)
  if (credit === undefined) return undefined
  const amount = (of: string) => {
    const part = child(credit, credit.uri, of)
    return childText(part, credit.uri, 'credit')
  }
  const [available, threshold] = [amount('credit'), amount('limit')]
  return {
    kind: 'balance_low',
    ...(available !== undefined && { available }),
    ...(threshold !== undefined && { threshold }),
  }
}

/** RFC 8590 §3.1: an object of ours that the registry changed without a command of ours. */
function readChange(root: XmlElement): RegistryNotice | undefined {
  const data = find(root, ({ uri, local }) => uri === CHANGE_URI && local === 'changeData')
  const operation = childText(data, CHANGE_URI, 'operation')
  if (data === undefined || operation === undefined) return undefined
  const at = readDate(childText(data, CHANGE_URI, 'date'))
  const by = childText(data, CHANGE_URI, 'who')
  const reason = childText(data, CHANGE_URI, 'reason')
  return {
    kind: 'change',
    operation: tokenOf(operation),
    ...(at && { at }),
    ...(by !== undefined && { by }),
    ...(reason !== undefined && { reason }),
  }
}

/** The first element, in document order, that meets the condition. `readXml` bounds the depth. */
function find(element: XmlElement, isWanted: (element: XmlElement) => boolean): XmlElement | undefined {
  if (isWanted(element)) return element
  for (const each of element.children) {
    const found = find(each, isWanted)
    if (found !== undefined) return found
  }
  return undefined
}

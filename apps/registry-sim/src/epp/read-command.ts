import { EPP } from './namespaces.ts'
import { EppFault } from './result-codes.ts'
import { type Element, readChildren, token } from './xml.ts'

const VERBS = [
  'check',
  'create',
  'delete',
  'info',
  'login',
  'logout',
  'poll',
  'renew',
  'transfer',
  'update',
] as const
export type Verb = (typeof VERBS)[number]

export type Command = {
  readonly verb: Verb
  readonly element: Element
  readonly extensions: readonly Element[]
}

function isVerb(local: string): local is Verb {
  return VERBS.some((verb) => verb === local)
}

/** The clTRID of a document, if it has a valid one. Error answers contain it too (RFC 5730 §2.6). */
export function findClTRID(root: Element): string | undefined {
  const command = root.children.find((child) => child.local === 'command')
  const element = command?.children.find((child) => child.ns === EPP && child.local === 'clTRID')
  const clTRID = element && token(element)
  return clTRID && clTRID.length >= 3 && clTRID.length <= 64 ? clTRID : undefined
}

/** RFC 5730 §2.5: verb, extension?, clTRID?, in this order. Throws `EppFault`. */
export function readCommand(root: Element): Command | 'hello' {
  if (root.ns !== EPP || root.local !== 'epp') throw new EppFault(2001, 'Not an EPP document')
  const [body, ...more] = root.children
  if (!body || more.length > 0) throw new EppFault(2001, 'An EPP document has one child')
  if (body.ns === EPP && body.local === 'hello') return 'hello'
  if (body.ns === EPP && body.local === 'extension')
    throw new EppFault(2101, 'No protocol extension is offered')
  if (body.ns !== EPP || body.local !== 'command') throw new EppFault(2001, 'Neither hello nor command')
  const [element] = body.children
  if (!element || element.ns !== EPP) throw new EppFault(2001, 'A command begins with its verb')
  if (!isVerb(element.local)) throw new EppFault(2000, 'No such command')
  const parts = readChildren(body, { [element.local]: 'one', extension: 'optional', clTRID: 'optional' })
  if (parts['clTRID']?.[0] && findClTRID(root) === undefined) {
    throw new EppFault(2001, 'A clTRID has 3 to 64 characters')
  }
  return { verb: element.local, element, extensions: parts['extension']?.[0]?.children ?? [] }
}

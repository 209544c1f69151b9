import { namestoreXml } from '../extensions/namestore.ts'
import { encodeFrame } from '../framing.ts'
import { EPP_URI } from '../namespaces.ts'
import type { EppResponse } from '../responses/response.ts'
import type { Dialect } from '../session/dialect.ts'
import { wrap } from '../xml.ts'

/** The name under which a command is counted. Commands on objects other than domains carry the object's kind. */
export type CommandName =
  | 'login'
  | 'logout'
  | 'hello'
  | 'poll'
  | 'poll_ack'
  | 'create'
  | 'info'
  | 'check'
  | 'fee_check'
  | 'renew'
  | 'update'
  | 'delete'
  | 'restore'
  | `contact_${'check' | 'create' | 'info' | 'update'}`
  | `host_${'check' | 'create' | 'info' | 'update' | 'delete'}`

/** Commands that change nothing: queries (RFC 5730 §2.9.2) and session commands. */
const QUERIES: ReadonlySet<CommandName> = new Set<CommandName>([
  'login',
  'logout',
  'hello',
  'poll',
  'poll_ack',
  'info',
  'check',
  'fee_check',
  'contact_check',
  'contact_info',
  'host_check',
  'host_info',
])

/** Whether the command changes an object. RFC 5730 §2.9.3. */
export function isTransform(name: CommandName): boolean {
  return !QUERIES.has(name)
}

/** One command to a registry: how it is encoded, and how its answer is read. */
export type Command<Data> = {
  readonly name: CommandName
  /** The names or ids in the command. The account's gap between commands applies to each of them. */
  readonly objects: readonly string[]
  /** Texts that were sent and must not appear in an answer that is shown. */
  readonly secrets?: readonly string[]
  /** Which kind of failure it may add to the daily budget. */
  readonly spends?: 'create' | 'check'
  /** The frame to send. Throws `RangeError` on what can't be encoded, `NotAgreed` when an extension it needs is missing. */
  frame(clTRID: string, dialect: Dialect): Buffer
  /** The data of a successful answer. `xml` is the answer as received. */
  read(response: EppResponse, dialect: Dialect, xml: Buffer): Data | undefined
}

type Parts<Data> = Omit<Command<Data>, 'frame'> & {
  /** The command's element, encoded. */
  readonly verb: string
  extension?(dialect: Dialect): string
  /** False for a command about no object, such as poll: it is not routed to a product. */
  readonly routed?: boolean
}

/**
 * A command whose frame is encoded once for each dialect. When it is sent again only the clTRID changes, which keeps the
 * drop fast.
 */
export function command<Data>({ verb, extension, routed = true, ...rest }: Parts<Data>): Command<Data> {
  const encoded = new WeakMap<Dialect, readonly Buffer[]>()
  const halvesFor = (dialect: Dialect): readonly Buffer[] => {
    const known = encoded.get(dialect)
    if (known !== undefined) return known
    const route = routed && dialect.subProducts ? namestoreXml(dialect.subProducts, rest.objects) : ''
    const halves = commandHalves(verb, (extension?.(dialect) ?? '') + route).map((half) =>
      Buffer.from(half, 'utf8'),
    )
    encoded.set(dialect, halves)
    return halves
  }
  return {
    ...rest,
    frame: (clTRID, dialect) => {
      const id = checkedClTRID(clTRID)
      const [before = '', after = ''] = halvesFor(dialect)
      return encodeFrame(before, id, after)
    },
  }
}

/** epp-1.0 is the default namespace: some servers do not accept a prefix on its elements. */
const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="no"?><epp xmlns="${EPP_URI}">`
const TAIL = '</epp>'

/** `trIDStringType`, limited to characters that need no escaping. RFC 5730 §4. */
const CLTRID = /^[\w.:-]{3,64}$/u

/** The XML document that carries an EPP message. */
export function eppDocument(message: string): string {
  return `${HEAD}${message}${TAIL}`
}

/** A command's document in two halves, before and after the clTRID. Element order: verb, extension, clTRID (RFC 5730 §2.5). */
export function commandHalves(verb: string, extension = ''): readonly [string, string] {
  const wrapped = extension === '' ? '' : `<extension>${extension}</extension>`
  return [`${HEAD}<command>${verb}${wrapped}<clTRID>`, `</clTRID></command>${TAIL}`]
}

/** The whole document of a command without extension. */
export function commandDocument(verb: string, clTRID: string): string {
  return commandHalves(verb).join(checkedClTRID(clTRID))
}

/** Returns the clTRID. Throws `RangeError` unless it has 3 to 64 letters, digits, or `_ . : -`. */
export function checkedClTRID(clTRID: string): string {
  if (!CLTRID.test(clTRID)) throw new RangeError(`a clTRID is 3 to 64 plain characters, not "${clTRID}"`)
  return clTRID
}

export function statusesXml(element: string, statuses: readonly string[] = []): string {
  return statuses.map((s) => wrap(element, '', { s })).join('')
}

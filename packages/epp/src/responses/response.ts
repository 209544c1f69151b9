import type { Availability } from '@droplock/rules/ports/registrar'
import { EPP_URI } from '../namespaces.ts'
import {
  child,
  children,
  childText,
  readBoolean,
  readXml,
  tokenOf,
  type XmlElement,
  XmlError,
} from '../xml.ts'
import { readDate } from './date.ts'
import { type Greeting, readGreeting } from './greeting.ts'

type Result = {
  /** RFC 5730 §3, or a registry's own within its ranges. */
  readonly code: number
  readonly message: string
  /** Texts of `extValue/reason`. The values themselves are not read: they quote the command, including secrets. */
  readonly reasons: readonly string[]
  /** Namespaces of quoted values other than EPP's: data that RFC 9038 wraps because its namespace is not in the login. */
  readonly unhandled?: readonly string[]
}

/** The answer to any command. RFC 5730 §2.6. */
export type EppResponse = {
  /** One for a success, one or more for a failure. */
  readonly results: readonly [Result, ...Result[]]
  /** Messages waiting in the poll queue; any answer may report them. */
  readonly queue?: {
    readonly count: number
    readonly id: string
    /** Only in the answer to a poll. */
    readonly queuedAt?: Date
    readonly text?: string
  }
  readonly resData?: XmlElement
  readonly extension?: XmlElement
  /** Error answers may omit it or contain an invented one. */
  readonly clTRID?: string
  /** Mandatory by the RFC; empty when the registry omits it. */
  readonly svTRID: string
}

/** Reads a `response` element. Throws `XmlError` without a usable result. */
function readResponse(response: XmlElement): EppResponse {
  const [first, ...more] = children(response, EPP_URI, 'result').map(readResult)
  if (first === undefined) throw new XmlError('the response has no result')
  const trID = child(response, EPP_URI, 'trID')
  const clTRID = childText(trID, EPP_URI, 'clTRID')
  const resData = child(response, EPP_URI, 'resData')
  const extension = child(response, EPP_URI, 'extension')
  const queue = readQueue(child(response, EPP_URI, 'msgQ'))
  return {
    results: [first, ...more],
    ...(queue && { queue }),
    ...(resData && { resData }),
    ...(extension && { extension }),
    ...(clTRID !== undefined && { clTRID }),
    svTRID: childText(trID, EPP_URI, 'svTRID') ?? '',
  }
}

function readResult(result: XmlElement): Result {
  const code = result.attributes.get('code') ?? ''
  if (!/^[12]\d{3}$/u.test(code)) throw new XmlError(`"${code.slice(0, 10)}" is no result code`)
  const values = children(result, EPP_URI, 'extValue')
  const reasons = values.flatMap((value) => childText(value, EPP_URI, 'reason') ?? [])
  const unhandled = values.flatMap(
    (value) =>
      child(value, EPP_URI, 'value')
        ?.children.map(({ uri }) => uri)
        .filter((uri) => uri !== EPP_URI) ?? [],
  )
  return {
    code: Number(code),
    message: tokenOf(child(result, EPP_URI, 'msg')?.text ?? ''),
    reasons,
    ...(unhandled.length > 0 && { unhandled }),
  }
}

function readQueue(queue: XmlElement | undefined): EppResponse['queue'] {
  const id = queue?.attributes.get('id')
  const count = Number(queue?.attributes.get('count'))
  if (id === undefined || !Number.isSafeInteger(count)) return undefined
  const queuedAt = readDate(childText(queue, EPP_URI, 'qDate'))
  const text = childText(queue, EPP_URI, 'msg')
  return { count, id, ...(queuedAt && { queuedAt }), ...(text !== undefined && { text }) }
}

/** The two kinds of message that a registry sends. */
export type Message =
  | { readonly kind: 'greeting'; readonly greeting: Greeting }
  | { readonly kind: 'response'; readonly response: EppResponse }

/** Reads the content of one frame. Throws `XmlError` when it is neither a greeting nor a response. RFC 5730 §2.4, §2.6. */
export function readMessage(octets: Uint8Array): Message {
  const root = readXml(octets)
  if (root.uri !== EPP_URI || root.local !== 'epp') throw new XmlError('the root element is not epp')
  const greeting = child(root, EPP_URI, 'greeting')
  if (greeting !== undefined) return { kind: 'greeting', greeting: readGreeting(greeting) }
  const response = child(root, EPP_URI, 'response')
  if (response !== undefined) return { kind: 'response', response: readResponse(response) }
  throw new XmlError('there is neither a greeting nor a response')
}

/**
 * `chkData` of domains, contacts or hosts, by their namespace; `undefined` without it. In the registry's order, which may differ
 * from ours; names of domains and hosts are in lower case. RFC 5731, 5732 and 5733 §3.1.1.
 */
export function readChecked(response: EppResponse, uri: string): readonly Availability[] | undefined {
  const data = child(response.resData, uri, 'chkData')
  return data && children(data, uri, 'cd').flatMap((checked) => readOne(checked, uri))
}

function readOne(checked: XmlElement, uri: string): readonly Availability[] {
  const name = child(checked, uri, 'name')
  const found = name ?? child(checked, uri, 'id')
  const available = readBoolean(found?.attributes.get('avail'))
  if (found === undefined || available === undefined) return []
  const text = tokenOf(found.text)
  const reason = childText(checked, uri, 'reason')
  return [{ name: name ? text.toLowerCase() : text, available, ...(reason !== undefined && { reason }) }]
}

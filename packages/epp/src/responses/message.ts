import { EPP_URI } from '../namespaces.ts'
import { child } from '../xml/find.ts'
import { readXml, XmlError } from '../xml/read.ts'
import { type Greeting, readGreeting } from './greeting.ts'
import { type EppResponse, readResponse } from './response.ts'

/** The two things a registry says. */
export type Message =
  | { readonly kind: 'greeting'; readonly greeting: Greeting }
  | { readonly kind: 'response'; readonly response: EppResponse }

/** Reads what came in one frame. Throws `XmlError` when it is neither a greeting nor a response. RFC 5730 §2.4, §2.6. */
export function readMessage(octets: Uint8Array): Message {
  const root = readXml(octets)
  if (root.uri !== EPP_URI || root.local !== 'epp') throw new XmlError('the root element is not epp')
  const greeting = child(root, EPP_URI, 'greeting')
  if (greeting !== undefined) return { kind: 'greeting', greeting: readGreeting(greeting) }
  const response = child(root, EPP_URI, 'response')
  if (response !== undefined) return { kind: 'response', response: readResponse(response) }
  throw new XmlError('there is neither a greeting nor a response')
}

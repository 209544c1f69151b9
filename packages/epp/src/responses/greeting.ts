import { EPP_URI } from '../namespaces.ts'
import { child, children, childText, tokenOf, type XmlElement } from '../xml.ts'
import { type Instant, readInstant } from './date.ts'

/** The registry's description of itself. RFC 5730 §2.4. */
export type Greeting = {
  readonly serverName: string
  /** The registry's clock; absent when the greeting has no readable time. */
  readonly serverDate?: Instant
  readonly versions: readonly string[]
  readonly langs: readonly string[]
  readonly objects: readonly string[]
  readonly extensions: readonly string[]
}

/** Reads a `greeting` element, without its data collection policy. */
export function readGreeting(greeting: XmlElement): Greeting {
  const menu = child(greeting, EPP_URI, 'svcMenu')
  const serverDate = readInstant(childText(greeting, EPP_URI, 'svDate'))
  return {
    serverName: childText(greeting, EPP_URI, 'svID') ?? '',
    ...(serverDate && { serverDate }),
    versions: texts(menu, 'version'),
    langs: texts(menu, 'lang'),
    objects: texts(menu, 'objURI'),
    extensions: texts(child(menu, EPP_URI, 'svcExtension'), 'extURI'),
  }
}

function texts(parent: XmlElement | undefined, local: string): readonly string[] {
  return children(parent, EPP_URI, local).map((element) => tokenOf(element.text))
}

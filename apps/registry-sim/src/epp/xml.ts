import { SaxesParser } from 'saxes'
import type { RegistrySettings } from '../registry/settings.ts'
import { CONTACT, DOMAIN, EPP, HOST, menuOf } from './namespaces.ts'
import { EppFault, messages, type ResultCode } from './result-codes.ts'

/** An element by namespace and local name, without prefix. `text` is its own character data, joined. */
export type Element = {
  readonly ns: string
  readonly local: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

/** The deepest EPP command (a contact's address, an extension) has about eight levels. */
const DEPTH_MAX = 16
const ELEMENTS_MAX = 1000

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decode(document: Buffer): string {
  try {
    return utf8.decode(document)
  } catch {
    throw new EppFault(2001, 'Not UTF-8')
  }
}

/**
 * Reads one document into a tree of bounded depth and size. Throws `EppFault` 2001 for a document that is not well-formed, not
 * XML 1.0, not UTF-8, too large, or has a DOCTYPE (EPP needs none, and entities can be an attack).
 */
export function readXml(document: Buffer): Element {
  const parser = new SaxesParser({ xmlns: true })
  const open: Element[] = []
  let root: Element | undefined
  let elements = 0
  parser.on('error', () => {
    throw new EppFault(2001, 'Not well-formed XML')
  })
  parser.on('doctype', () => {
    throw new EppFault(2001, 'DOCTYPE is not accepted')
  })
  parser.on('xmldecl', ({ version, encoding }) => {
    // XML 1.1 would allow control characters.
    if (version !== '1.0') throw new EppFault(2001, 'Only XML 1.0 is accepted')
    if (encoding && encoding.toUpperCase() !== 'UTF-8') throw new EppFault(2001, 'Only UTF-8 is accepted')
  })
  parser.on('opentag', (tag) => {
    elements += 1
    if (elements > ELEMENTS_MAX || open.length >= DEPTH_MAX) throw new EppFault(2001, 'Too many elements')
    const attributes = new Map(Object.values(tag.attributes).map(({ local, value }) => [local, value]))
    const element: Element = { ns: tag.uri, local: tag.local, attributes, children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  const addText = (text: string) => {
    const element = open.at(-1)
    if (element) element.text += text
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    open.pop()
  })
  parser.write(decode(document)).close()
  if (!root) throw new EppFault(2001, 'No document')
  return root
}

/** XSD `token`: outer white space removed, inner collapsed. */
export function token(element: Element): string {
  return element.text.trim().replaceAll(/\s+/g, ' ')
}

/** How often a child may occur: exactly once, at most once, any number of times, at least once. */
type Occurs = 'one' | 'optional' | 'any' | 'some'

/**
 * The children of `parent` by name, required in exactly the order of `content`, as in the schemas.
 * Throws `EppFault`: 2001 for a child that is unknown, misplaced or repeated, 2003 for one that is missing.
 */
export function readChildren<Name extends string>(
  parent: Element,
  content: Readonly<Record<Name, Occurs>>,
): Record<Name, Element[]> {
  const found: Partial<Record<string, Element[]>> = {}
  let taken = 0
  for (const [name, occurs] of Object.entries<Occurs>(content)) {
    const matching: Element[] = []
    for (let child = parent.children[taken]; child !== undefined; child = parent.children[taken]) {
      if (child.ns !== parent.ns || child.local !== name) break
      matching.push(child)
      taken += 1
      if (occurs === 'one' || occurs === 'optional') break
    }
    found[name] = matching
  }
  const stray = parent.children[taken]
  if (stray) throw new EppFault(2001, `Unexpected element ${stray.local} in ${parent.local}`.slice(0, 120))
  for (const [name, occurs] of Object.entries<Occurs>(content)) {
    const missing = found[name]?.length === 0 && (occurs === 'one' || occurs === 'some')
    if (missing) throw new EppFault(2003, `Element ${name} is missing in ${parent.local}`)
  }
  return found as Record<Name, Element[]>
}

/** Answers are templates. Every text from outside goes through `escapeXml`. */

const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<epp xmlns="${EPP}">`

export type Answer = {
  readonly code: ResultCode
  readonly reason?: string
  /** XML: a whole msgQ, and the content of resData and extension. */
  readonly msgQ?: string
  readonly resData?: string
  readonly extension?: string
}

function result({ code, reason }: Answer): string {
  const why =
    reason === undefined
      ? ''
      : `<extValue><value><undef/></value><reason>${escapeXml(reason)}</reason></extValue>`
  return `<result code="${code}"><msg>${messages[code]}</msg>${why}</result>`
}

/** RFC 5730 §2.6: result, msgQ?, resData?, extension?, trID. */
export function writeResponse(answer: Answer, clTRID: string | undefined, svTRID: string): string {
  const resData = answer.resData ? `<resData>${answer.resData}</resData>` : ''
  const extension = answer.extension ? `<extension>${answer.extension}</extension>` : ''
  const echoed = clTRID === undefined ? '' : `<clTRID>${escapeXml(clTRID)}</clTRID>`
  const trID = `<trID>${echoed}<svTRID>${svTRID}</svTRID></trID>`
  return `${HEAD}<response>${result(answer)}${answer.msgQ ?? ''}${resData}${extension}${trID}</response></epp>`
}

function svDate({ svDateInSeconds }: RegistrySettings, atMs: number): string {
  const text = dateTime(atMs)
  return svDateInSeconds ? text.replace(/\.\d{3}/, '') : text
}

/** RFC 5730 §2.4. */
export function writeGreeting(settings: RegistrySettings, svDateMs: number): string {
  const offered = menuOf(settings)
  const objects = offered.objects.map((uri) => `<objURI>${uri}</objURI>`).join('')
  const extensions = offered.extensions.map((uri) => `<extURI>${escapeXml(uri)}</extURI>`).join('')
  const services = extensions ? `${objects}<svcExtension>${extensions}</svcExtension>` : objects
  const policy =
    '<access><all/></access><statement><purpose><admin/><prov/></purpose>' +
    '<recipient><ours/><public/></recipient><retention><stated/></retention></statement>'
  return (
    `${HEAD}<greeting><svID>Registry simulator ${settings.id}</svID><svDate>${svDate(settings, svDateMs)}</svDate>` +
    `<svcMenu><version>1.0</version><lang>en</lang>${services}</svcMenu><dcp>${policy}</dcp></greeting></epp>`
  )
}

/** An element of one object's namespace, e.g. `infData` of a domain. */
function objectData(prefix: string, ns: string) {
  return (local: string, inside: string) =>
    `<${prefix}:${local} xmlns:${prefix}="${ns}">${inside}</${prefix}:${local}>`
}

export const domainData = objectData('domain', DOMAIN)
export const contactData = objectData('contact', CONTACT)
export const hostData = objectData('host', HOST)

/** `<prefix:local>text</prefix:local>`, empty without a text. */
export function optionalElement(prefix: string, local: string, text: string | undefined): string {
  return text === undefined ? '' : `<${prefix}:${local}>${escapeXml(text)}</${prefix}:${local}>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Escapes for text and attribute values. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character)
}

/** XSD dateTime in UTC with milliseconds. */
export function dateTime(atMs: number): string {
  return new Date(atMs).toISOString()
}

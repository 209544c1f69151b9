import { SaxesParser } from 'saxes'
import { EppFault } from './result-codes.ts'

/** An element by namespace and local name; prefixes are gone. `text` is its own character data, joined. */
export type Element = {
  readonly ns: string
  readonly local: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: Element[]
  text: string
}

/** The deepest EPP command (a contact's address, an extension) has about eight. */
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
 * Reads one document into a tree of bounded depth and size. Throws `EppFault` 2001 for what is not well-formed, not
 * XML 1.0, not UTF-8, too large, or carries a DOCTYPE (RFC 5730 needs none, and entities are an attack).
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
    // XML 1.1 would let control characters in.
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

/** XSD `token`: outer white space gone, inner collapsed. */
export function token(element: Element): string {
  return element.text.trim().replaceAll(/\s+/g, ' ')
}

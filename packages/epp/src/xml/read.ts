import { SaxesParser, type SaxesTagNS } from 'saxes'

/** EPP answers nest about ten deep; more is an attack on the stack of whoever walks the tree. */
const DEPTH_MAX = 40

/** A check of some hundred names with extensions has a few thousand elements. */
const ELEMENTS_MAX = 20_000

/** The parser's messages quote what was read, and what was read may be anything. */
const MESSAGE_LENGTH_MAX = 200

/** An element by namespace URI and local name; prefixes are gone. `text` is its own character data, untrimmed. */
export type XmlElement = {
  readonly uri: string
  readonly local: string
  /** Attributes without a namespace, by name. EPP uses no others. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

type Growing = XmlElement & { readonly children: XmlElement[]; text: string }

/** What was read is not the XML that EPP allows. */
export class XmlError extends Error {
  constructor(message: string) {
    super(message.slice(0, MESSAGE_LENGTH_MAX))
    this.name = 'XmlError'
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads one document into a tree. Refuses, by `XmlError`: octets that are not UTF-8, another declared encoding, XML
 * 1.1 (which lets control characters in), a DOCTYPE (so there are no entities to expand), anything not well-formed, and trees
 * beyond the bounds above.
 */
export function readXml(octets: Uint8Array): XmlElement {
  const builder = new TreeBuilder()
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', (error) => {
    throw new XmlError(error.message)
  })
  parser.on('doctype', () => {
    throw new XmlError('a DOCTYPE is not allowed')
  })
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') throw new XmlError('only XML 1.0 is read')
    requireUtf8(encoding)
  })
  parser.on('opentag', (tag) => builder.open(tag))
  parser.on('text', (text) => builder.append(text))
  parser.on('cdata', (text) => builder.append(text))
  parser.on('closetag', () => builder.close())
  parser.write(decode(octets)).close()
  return builder.root()
}

function decode(octets: Uint8Array): string {
  try {
    return utf8.decode(octets)
  } catch {
    throw new XmlError('the document is not UTF-8')
  }
}

function requireUtf8(encoding: string | undefined): void {
  if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') {
    throw new XmlError(`the document declares encoding ${encoding.slice(0, 20)}, only UTF-8 is read`)
  }
}

class TreeBuilder {
  readonly #path: Growing[] = []
  #root: Growing | undefined
  #elements = 0

  open(tag: SaxesTagNS): void {
    this.#elements += 1
    if (this.#elements > ELEMENTS_MAX) throw new XmlError(`more than ${ELEMENTS_MAX} elements`)
    if (this.#path.length >= DEPTH_MAX) throw new XmlError(`elements nest deeper than ${DEPTH_MAX}`)
    const plain = Object.values(tag.attributes).filter((attribute) => attribute.uri === '')
    const attributes = new Map(plain.map((attribute) => [attribute.local, attribute.value]))
    const element: Growing = { uri: tag.uri, local: tag.local, attributes, children: [], text: '' }
    this.#path.at(-1)?.children.push(element)
    this.#root ??= element
    this.#path.push(element)
  }

  append(text: string): void {
    const element = this.#path.at(-1)
    if (element !== undefined) element.text += text
  }

  close(): void {
    this.#path.pop()
  }

  root(): XmlElement {
    if (this.#root === undefined) throw new XmlError('there is no root element')
    return this.#root
  }
}

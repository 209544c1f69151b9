import { SaxesParser, type SaxesTagNS } from 'saxes'

/** `xs:boolean` has four spellings. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])

/** The value of an `xs:boolean`; `undefined` when it is absent or invalid. */
export function readBoolean(text: string | undefined): boolean | undefined {
  return BOOLEANS.get(text?.trim() ?? '')
}

/** The first child of that name, if any. */
export function child(parent: XmlElement | undefined, uri: string, local: string): XmlElement | undefined {
  return parent?.children.find((element) => element.uri === uri && element.local === local)
}

/** All children of that name, in document order. */
export function children(parent: XmlElement | undefined, uri: string, local: string): readonly XmlElement[] {
  return parent?.children.filter((element) => element.uri === uri && element.local === local) ?? []
}

/** The first child's text, white space collapsed as `xs:token` does; `undefined` when it is absent or empty. */
export function childText(parent: XmlElement | undefined, uri: string, local: string): string | undefined {
  const found = child(parent, uri, local)
  return found === undefined ? undefined : tokenOf(found.text) || undefined
}

/** The text with its white space collapsed, as `xs:token` does. */
export function tokenOf(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

/** EPP answers nest about ten levels deep. Much deeper ones could overflow the stack. */
const DEPTH_MAX = 40

/** A check of some hundred names with extensions has a few thousand elements. */
const ELEMENTS_MAX = 20_000

/** The parser's messages quote the input, which may be long. */
const MESSAGE_LENGTH_MAX = 200

/** An element by namespace URI and local name, without prefix. `text` is its own character data, untrimmed. */
export type XmlElement = {
  readonly uri: string
  readonly local: string
  /** Attributes without a namespace, by name. EPP uses only these. */
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

type Growing = XmlElement & { readonly children: XmlElement[]; text: string }

/** The document is not XML as EPP allows it. */
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

/** Characters that XML 1.0 §2.2 does not allow in a document, not even escaped. */
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The text escaped for element content and double-quoted attributes. Throws `RangeError` on characters that XML does not allow. */
export function escapeXml(text: string): string {
  if (FORBIDDEN.test(text)) throw new RangeError('the text holds characters that XML does not allow')
  return text.replaceAll(/[&<>"]/gu, (character) => ESCAPES[character] ?? character)
}

/** One element. `inner` is XML; attribute values are text, and undefined ones are left out. */
export function wrap(
  name: string,
  inner: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escapeXml(String(value))}"`,
  )
  return `<${name}${written.join('')}>${inner}</${name}>`
}

/** One element that contains text; empty when the text is undefined. */
export function leaf(
  name: string,
  text: string | number | undefined,
  attributes?: Readonly<Record<string, string | number | undefined>>,
): string {
  return text === undefined ? '' : wrap(name, escapeXml(String(text)), attributes)
}

/** One element for each text. */
export function leaves(name: string, texts: readonly string[]): string {
  return texts.map((text) => leaf(name, text)).join('')
}

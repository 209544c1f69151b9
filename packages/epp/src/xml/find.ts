import type { XmlElement } from './read.ts'

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

/** White space collapsed. */
export function tokenOf(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

/** A part of an OpenAPI document as JSON. */
export type Node = { readonly [key: string]: unknown }

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object there; an empty one where there is none. */
export function nodeOf(value: unknown): Node {
  return isNode(value) ? value : {}
}

/** The object with every value changed. */
export function mapValues(node: Node, change: (value: Node, key: string) => unknown): Node {
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, change(nodeOf(value), key)]))
}

/** The document with each operation changed. */
export function mapOperations(document: Node, change: (operation: Node) => Node): Node {
  const paths = mapValues(nodeOf(document['paths']), (methods) => mapValues(methods, change))
  return { ...document, paths }
}

/** The document with more components of a kind, in the order of their names. */
export function withComponents(document: Node, kind: string, added: Node): Node {
  const components = nodeOf(document['components'])
  const all = { ...nodeOf(components[kind]), ...added }
  const sorted = Object.fromEntries(Object.entries(all).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  return { ...document, components: { ...components, [kind]: sorted } }
}

export const refTo = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

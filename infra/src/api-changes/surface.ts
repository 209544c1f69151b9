/** A part of an OpenAPI document as JSON. */
export type Node = { readonly [key: string]: unknown }

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function nodeOf(value: unknown): Node {
  return isNode(value) ? value : {}
}

/** What a reference of a document leads to; undefined where there is nothing. */
export function lookUp(ref: string, document: Node): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => nodeOf(at)[key], document)
}

/** What a client does not depend on. */
const texts: ReadonlySet<string> = new Set(['description', 'summary', 'example', 'examples', 'tags', 'info'])

/** Maps whose keys are names and not keywords: a member may be called `description`. */
const maps: ReadonlySet<string> = new Set([
  'properties',
  'schemas',
  'headers',
  'paths',
  'responses',
  'content',
])

/** The document without its texts and examples: what a client can depend on. */
export function surfaceOf(document: unknown): unknown {
  return withoutTexts(document, false)
}

function withoutTexts(node: unknown, isMap: boolean): unknown {
  if (Array.isArray(node)) return node.map((each) => withoutTexts(each, false))
  if (!isNode(node)) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => isMap || !texts.has(key))
      .map(([key, value]) => [key, withoutTexts(value, !isMap && maps.has(key))]),
  )
}

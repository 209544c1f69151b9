import { compareSchemas, type Direction } from './compare-schemas.ts'
import { isNode, lookUp, type Node, nodeOf } from './surface.ts'

type Operation = { readonly place: string; readonly node: Node; readonly document: Node }

/**
 * What of a new document breaks clients of an old one, each as a line that names the operation: what they may send is refused, or what
 * they read is not there any more. Additions break nobody: operations, optional parameters and members, statuses, codes, and members of
 * the enumerations of answers, which clients must expect.
 */
export function findBreaking(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [operationsOf(nodeOf(before)), operationsOf(nodeOf(after))]
  return [...old].flatMap(([id, operation]) => {
    const found = now.get(id)
    if (found === undefined) return [`${id} was removed`]
    return compareOperations(operation, found).map((change) => `${id}: ${change}`)
  })
}

function operationsOf(document: Node): ReadonlyMap<string, Operation> {
  const all = Object.entries(nodeOf(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(nodeOf(methods)).map(([method, operation]) => {
      const node = nodeOf(operation)
      const place = `${method.toUpperCase()} ${path}`
      return [String(node['operationId']), { place, node, document }] as const
    }),
  )
  return new Map(all)
}

function compareOperations(old: Operation, now: Operation): readonly string[] {
  const moved = old.place === now.place ? [] : [`moved from ${old.place} to ${now.place}`]
  const [scopes, wanted] = [old, now].map(({ node }) => JSON.stringify(node['security']))
  const secured = scopes === wanted ? [] : [`its security changed from ${scopes} to ${wanted}`]
  return [
    ...moved,
    ...secured,
    ...compareParameters(old, now),
    ...compareBodies(old, now),
    ...compareResponses(old, now),
  ]
}

function compareParameters(old: Operation, now: Operation): readonly string[] {
  const [before, after] = [parametersOf(old), parametersOf(now)]
  const changed = [...before].flatMap(([name, parameter]) => {
    const found = after.get(name)
    if (found === undefined) return [`the ${name} was removed`]
    const required = isRequired(found) && !isRequired(parameter) ? [`the ${name} became required`] : []
    return [...required, ...compare('request', old, now, parameter['schema'], found['schema'], `the ${name}`)]
  })
  const added = [...after]
    .filter(([name, parameter]) => !before.has(name) && isRequired(parameter))
    .map(([name]) => `the ${name} is new and required`)
  return [...changed, ...added]
}

function parametersOf({ node, document }: Operation): ReadonlyMap<string, Node> {
  const parameters = Array.isArray(node['parameters']) ? node['parameters'] : []
  return new Map(
    parameters.map((each: unknown) => {
      const parameter = resolve(each, document)
      return [`${String(parameter['in'])} parameter ${String(parameter['name'])}`, parameter] as const
    }),
  )
}

const isRequired = (node: Node) => node['required'] === true

function compareBodies(old: Operation, now: Operation): readonly string[] {
  const [before, after] = [old, now].map(({ node, document }) => resolve(node['requestBody'], document))
  if (before === undefined || after === undefined) return []
  const required = isRequired(after) && !isRequired(before) ? ['its body became required'] : []
  return [...required, ...compareContents('request', old, now, before, after, 'its body')]
}

function compareResponses(old: Operation, now: Operation): readonly string[] {
  const [before, after] = [old, now].map(({ node }) => nodeOf(node['responses']))
  return Object.entries(before ?? {})
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, response]) => {
      const found = after?.[status]
      if (found === undefined) return [`the answer ${status} was removed`]
      const [one, other] = [resolve(response, old.document), resolve(found, now.document)]
      const headers = Object.keys(nodeOf(one['headers']))
        .filter((name) => !(name in nodeOf(other['headers'])))
        .map((name) => `the header ${name} of the answer ${status} was removed`)
      return [...headers, ...compareContents('answer', old, now, one, other, `the answer ${status}`)]
    })
}

function compareContents(
  direction: Direction,
  old: Operation,
  now: Operation,
  before: Node,
  after: Node,
  place: string,
): readonly string[] {
  return Object.entries(nodeOf(before['content'])).flatMap(([mediaType, media]) => {
    const found = nodeOf(after['content'])[mediaType]
    if (found === undefined) return [`${mediaType} of ${place} was removed`]
    return compare(direction, old, now, nodeOf(media)['schema'], nodeOf(found)['schema'], place)
  })
}

function compare(
  direction: Direction,
  old: Operation,
  now: Operation,
  before: unknown,
  after: unknown,
  place: string,
): readonly string[] {
  return compareSchemas(direction, sided(before, old.document), sided(after, now.document), place)
}

const sided = (node: unknown, document: Node) => ({ node: nodeOf(node), document })

/** What a reference leads to. */
function resolve(node: unknown, document: Node): Node {
  const ref = nodeOf(node)['$ref']
  if (typeof ref !== 'string') return nodeOf(node)
  const found = lookUp(ref, document)
  if (!isNode(found)) throw new Error(`there is nothing at ${ref}`)
  return found
}

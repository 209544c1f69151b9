import { lookUp, type Node, nodeOf } from './surface.ts'

/** Who writes the values: the client its requests, the service its answers. */
export type Direction = 'request' | 'answer'

type Sided = { readonly node: Node; readonly document: Node }

/** A pair of schemas in which the comparison is already: a schema may contain itself. */
type Seen = ReadonlySet<string>

/**
 * What breaks clients when a schema becomes another: a request must not be narrowed, an answer must not be widened. Each as a line that
 * names the place.
 */
export function compareSchemas(
  direction: Direction,
  before: Sided,
  after: Sided,
  place: string,
  seen: Seen = new Set(),
): readonly string[] {
  const pair = `${String(before.node['$ref'])} ${String(after.node['$ref'])}`
  if ('$ref' in before.node && seen.has(pair)) return []
  const within = new Set([...seen, pair])
  const [old, now] = [follow(before), follow(after)]
  const [oldType, nowType] = [old, now].map(({ node }) => JSON.stringify(node['type']))
  if (oldType !== nowType) return [`${place} changed its type from ${oldType} to ${nowType}`]
  return [
    ...compareEnums(direction, old.node, now.node, place),
    ...compareLimits(direction, old.node, now.node, place),
    ...compareMembers(direction, old, now, place, within),
    ...compareItems(direction, old, now, place, within),
    ...compareAlternatives(direction, old, now, place, within),
  ]
}

/** The schema that is referred to; one that adds to another by `allOf` is that other. */
function follow({ node, document }: Sided): Sided {
  const [of] = listOf(node['allOf'])
  if (of !== undefined) return follow({ node: nodeOf(of), document })
  const ref = node['$ref']
  if (typeof ref !== 'string') return { node, document }
  return follow({ node: nodeOf(lookUp(ref, document)), document })
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function compareEnums(direction: Direction, old: Node, now: Node, place: string): readonly string[] {
  if (direction === 'answer' || now['enum'] === undefined) return []
  if (old['enum'] === undefined) return [`${place} was limited to ${listOf(now['enum']).join(', ')}`]
  const kept = new Set(listOf(now['enum']))
  return listOf(old['enum'])
    .filter((value) => !kept.has(value))
    .map((value) => `${place} does not accept ${String(value)} any more`)
}

const lower = ['minLength', 'minimum', 'minItems', 'minProperties'] as const
const upper = ['maxLength', 'maximum', 'maxItems', 'maxProperties'] as const

/** A pattern or a format that is another is taken for narrower: nothing can tell. */
function compareLimits(direction: Direction, old: Node, now: Node, place: string): readonly string[] {
  if (direction === 'answer') return []
  const narrowed = [
    ...lower.filter((key) => Number(now[key] ?? -Infinity) > Number(old[key] ?? -Infinity)),
    ...upper.filter((key) => Number(now[key] ?? Infinity) < Number(old[key] ?? Infinity)),
    ...['pattern', 'format'].filter((key) => now[key] !== undefined && now[key] !== old[key]),
  ]
  return narrowed.map((key) => `${place} has another ${key}`)
}

function compareMembers(
  direction: Direction,
  old: Sided,
  now: Sided,
  place: string,
  seen: Seen,
): readonly string[] {
  const [before, after] = [nodeOf(old.node['properties']), nodeOf(now.node['properties'])]
  const [needed, needs] = [old, now].map(({ node }) => new Set(listOf(node['required'])))
  const changed = Object.entries(before).flatMap(([name, member]) => {
    const found = after[name]
    if (found === undefined) return [`the member ${name} of ${place} was removed`]
    const sides = [
      { node: nodeOf(member), document: old.document },
      { node: nodeOf(found), document: now.document },
    ] as const
    return compareSchemas(direction, ...sides, `the member ${name} of ${place}`, seen)
  })
  const required = direction === 'request' ? minus(needs, needed) : minus(needed, needs)
  const word = direction === 'request' ? 'became required' : 'may be absent now'
  const optional = required.filter((name) => direction === 'request' || name in after)
  return [...changed, ...optional.map((name) => `the member ${name} of ${place} ${word}`)]
}

function minus(some: ReadonlySet<unknown> = new Set(), others: ReadonlySet<unknown> = new Set()) {
  return [...some].filter((one) => !others.has(one)).map(String)
}

function compareItems(
  direction: Direction,
  old: Sided,
  now: Sided,
  place: string,
  seen: Seen,
): readonly string[] {
  const [before, after] = [old.node['items'], now.node['items']]
  if (before === undefined || after === undefined) return []
  const sides = [
    { node: nodeOf(before), document: old.document },
    { node: nodeOf(after), document: now.document },
  ] as const
  return compareSchemas(direction, ...sides, `an item of ${place}`, seen)
}

/** Alternatives are compared in their order. */
function compareAlternatives(
  direction: Direction,
  old: Sided,
  now: Sided,
  place: string,
  seen: Seen,
): readonly string[] {
  return ['anyOf', 'oneOf'].flatMap((key) => {
    const [before, after] = [listOf(old.node[key]), listOf(now.node[key])]
    const isNarrower = direction === 'request' && after.length < before.length
    const isWider = direction === 'answer' && after.length > before.length && before.length > 0
    if (isNarrower || isWider) return [`${place} has other alternatives`]
    return before.slice(0, after.length).flatMap((each, index) => {
      const sides = [
        { node: nodeOf(each), document: old.document },
        { node: nodeOf(after[index]), document: now.document },
      ] as const
      return compareSchemas(direction, ...sides, place, seen)
    })
  })
}

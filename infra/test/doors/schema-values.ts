import * as fc from 'fast-check'
import type { Json } from '../../../packages/contracts/test/support/document.ts'
import { asNode, type Node } from '../../../packages/contracts/test/support/documented.ts'

/** What is there in the world: a value that fits the schema and means something. */
export type Known = {
  readonly names: readonly string[]
  /** Ids by the word that leads to them in a path: `refunds`. */
  readonly ids: Readonly<Record<string, readonly string[]>>
  /** Values by the name of a member or parameter. */
  readonly values: Readonly<Record<string, readonly string[]>>
}

type Making = { readonly schemas: Node; readonly known: Known }

/** Values that the schema takes; where it has edges, its edges often. `member` is the name that the value goes by. */
export function valid(schema: Node, making: Making, member = ''): fc.Arbitrary<Json> {
  const ref = schema['$ref']
  if (typeof ref === 'string')
    return valid(asNode(making.schemas[ref.split('/').at(-1) ?? '']), making, member)
  const { allOf, anyOf, oneOf } = schema
  if (Array.isArray(allOf)) return valid(asNode((allOf as Json[])[0]), making, member)
  const either = (anyOf ?? oneOf) as readonly Json[] | undefined
  if (either !== undefined) return fc.oneof(...either.map((each) => valid(asNode(each), making, member)))
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as Json[]))
  const { type, ...rest } = schema
  if (Array.isArray(type))
    return fc.oneof(...(type as Json[]).map((each) => valid({ ...rest, type: each }, making, member)))
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'string':
      return text(schema, making, member)
    case 'integer':
    case 'number':
      return whole(schema)
    case 'boolean':
      return fc.boolean()
    case 'array':
      return list(schema, making, member)
    case 'object':
      return object(schema, making)
    default:
      throw new Error(`no values are known of ${JSON.stringify(schema)}`)
  }
}

function whole({ minimum, maximum }: Node): fc.Arbitrary<Json> {
  const min = Number(minimum ?? -Number.MAX_SAFE_INTEGER)
  const max = Number(maximum ?? Number.MAX_SAFE_INTEGER)
  const edges = [min, max, 0, 1].filter((edge) => edge >= min && edge <= max)
  const usual = fc.integer({ min: Math.max(min, 1), max: Math.min(max, 2_000) })
  return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...edges) }, { weight: 4, arbitrary: usual })
}

function list({ items, minItems, maxItems }: Node, making: Making, member: string): fc.Arbitrary<Json> {
  const minLength = Number(minItems ?? 0)
  const maxLength = Math.min(Number(maxItems ?? 8), 8)
  return fc.array(valid(asNode(items), making, member), { minLength, maxLength }) as fc.Arbitrary<Json>
}

function object({ properties = {}, required = [] }: Node, making: Making): fc.Arbitrary<Json> {
  const members: Record<string, fc.Arbitrary<Json>> = {}
  for (const [name, schema] of Object.entries(asNode(properties))) {
    members[name] = valid(asNode(schema), making, name)
  }
  return fc.record(members, { requiredKeys: required as string[] })
}

const years = [1970, 2000, 2024, 2026, 2027, 2099]

function text(schema: Node, making: Making, member: string): fc.Arbitrary<Json> {
  const { format, pattern, minLength = 0, maxLength = 60 } = schema
  const known = making.known.values[member] ?? []
  if (known.length === 0) return unknown()
  return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: unknown() })

  function unknown(): fc.Arbitrary<string> {
    if (format === 'uuid') return fc.uuid()
    if (format === 'date-time') return time()
    if (format === 'date') return time().map((at) => at.slice(0, 10))
    if (format === 'email') return fc.emailAddress().filter((each) => /^[\w.+-]+@[\w.-]+$/.test(each))
    return member === 'name' ? fc.domain() : free()
  }

  /** By length and pattern alone. */
  function free(): fc.Arbitrary<string> {
    const expression = typeof pattern === 'string' ? new RegExp(pattern) : undefined
    if (expression !== undefined && !expression.source.startsWith('^[^')) return fc.stringMatching(expression)
    const length = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 600) }
    const longest = fc.constant('x'.repeat(Number(maxLength)))
    const units = fc.oneof(
      fc.string({ ...length, unit: 'grapheme-ascii' }),
      fc.string({
        minLength: length.minLength,
        maxLength: Math.max(length.minLength, Math.ceil(length.maxLength / 8)),
        unit: 'grapheme',
      }),
    )
    const fits = (value: string) =>
      value.length <= Number(maxLength) &&
      value.trim().length >= Number(minLength) &&
      (expression?.test(value) ?? true)
    return fc.oneof({ weight: 9, arbitrary: units.filter(fits) }, { weight: 1, arbitrary: longest })
  }
}

function time(): fc.Arbitrary<string> {
  const min = new Date('2026-01-01T00:00:00Z')
  const max = new Date('2027-12-31T00:00:00Z')
  return fc.oneof(
    fc.date({ min, max, noInvalidDate: true }).map((at) => at.toISOString()),
    fc.constantFrom(...years).map((year) => `${year}-06-01T00:00:00.000Z`),
  )
}

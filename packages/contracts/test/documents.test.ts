import { describe, expect, test } from 'vitest'
import { documentFiles, escapePointer, type Json, readDocument, validatorsOf } from './support/document.ts'

type Node = { readonly [key: string]: Json }
type Found = { readonly pointer: string; readonly node: Node }

function isNode(value: Json | undefined): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every object of the document with its pointer; an example's own members are data, and left out. */
function* walk(node: Json, pointer = ''): Generator<Found> {
  if (typeof node !== 'object' || node === null) return
  if (isNode(node)) yield { pointer, node }
  for (const [key, member] of Object.entries(node)) {
    if (key !== 'example' && key !== 'examples') yield* walk(member, `${pointer}/${escapePointer(key)}`)
  }
}

/** Some that each pattern takes, some that it does not, and characters on which the flag `u` makes a difference. */
const samples = [
  '',
  ...'aAP0-. \0\n\t',
  'USD',
  'DE',
  'Zażółć',
  '测试',
  '😀',
  'a😀b',
  '/u',
  'shop.example',
  '1969-',
  '1970-01-01',
  '2026-02-15T13:00:00.000Z',
  '2099-12-31',
  '2100-',
  '9999-12-31',
  '23:59',
  '+44.2071234567',
  'a'.repeat(64),
  '2026-10',
]

describe.each(documentFiles)('%s', (file) => {
  const document = readDocument(file)
  const found = [...walk(document)]
  const schemas = found.filter(({ pointer, node }) => isSchema(pointer, node))
  const patterns = schemas.flatMap(({ node }) =>
    typeof node['pattern'] === 'string' ? [node['pattern']] : [],
  )

  test('has schemas, patterns and examples, so that what follows looks at something', () => {
    expect(schemas.length).toBeGreaterThan(200)
    expect(new Set(patterns).size).toBeGreaterThan(4)
    expect(examplesOf(found).length).toBeGreaterThan(200)
  })

  test.each([true, false])(
    'every schema compiles in strict JSON Schema 2020-12, flag u: %s',
    (unicodeRegExp) => {
      const validators = validatorsOf(document, { unicodeRegExp })
      for (const { pointer } of schemas) expect(() => validators.at(pointer)).not.toThrow()
    },
  )

  test.each([...new Set(patterns)])(
    'the pattern %s means the same with the flag u and without',
    (pattern) => {
      const [plain, unicode] = [new RegExp(pattern), new RegExp(pattern, 'u')]
      expect(samples.map((text) => plain.test(text))).toEqual(samples.map((text) => unicode.test(text)))
      expect(
        samples.some((text) => plain.test(text)),
        'matches something',
      ).toBe(true)
      expect(
        samples.some((text) => !plain.test(text)),
        'refuses something',
      ).toBe(true)
    },
  )

  test.each([true, false])(
    'every example and default is valid by its schema, flag u: %s',
    (unicodeRegExp) => {
      const validators = validatorsOf(document, { unicodeRegExp })
      const wrong = examplesOf(found).flatMap(({ pointer, value }) => {
        const validate = validators.at(pointer)
        return validate(value) ? [] : [{ pointer, value, errors: validate.errors }]
      })
      expect(wrong).toEqual([])
    },
  )
})

/** Below `schema`, `components/schemas` or a keyword of a schema, where it is not a map of names to schemas itself. */
function isSchema(pointer: string, node: Node): boolean {
  if (!/\/schema($|\/)|^\/components\/schemas\//.test(pointer)) return false
  if (/\/(properties|patternProperties|\$defs)$/.test(pointer)) return false
  return ['type', '$ref', 'anyOf', 'oneOf', 'allOf', 'enum', 'const'].some((keyword) => keyword in node)
}

type Example = { readonly pointer: string; readonly value: Json }

/** What schemas and media types give as examples, and what they say is the default. */
function examplesOf(found: readonly Found[]): readonly Example[] {
  return found.flatMap(({ pointer, node }) => {
    const { example, examples, schema } = node
    if (isNode(examples) && schema !== undefined) {
      return Object.values(examples).flatMap((each) =>
        isNode(each) && each['value'] !== undefined
          ? [{ pointer: `${pointer}/schema`, value: each['value'] }]
          : [],
      )
    }
    if (!isSchema(pointer, node)) return []
    return [example, node['default']].flatMap((value) => (value === undefined ? [] : [{ pointer, value }]))
  })
}

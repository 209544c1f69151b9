import { readFileSync } from 'node:fs'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export const documentFiles = ['openapi.json', 'console-openapi.json'] as const

export type DocumentFile = (typeof documentFiles)[number]

/** The document as it is committed. */
export function readCommitted(file: DocumentFile): Json {
  return JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'))
}

/** The document with its shared responses, headers and examples in their places; its schemas stay shared. */
export function readDocument(file: DocumentFile): Json {
  const document = readCommitted(file)
  return inPlace(document, document)
}

const sharedPlaces = /^#(?=\/components\/(?:responses|headers|examples)\/)/

function inPlace(node: Json, document: Json): Json {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map((each: Json) => inPlace(each, document))
  const ref: unknown = Reflect.get(node, '$ref')
  if (typeof ref === 'string' && sharedPlaces.test(ref))
    return inPlace(nodeAt(document, ref.replace('#', '')), document)
  return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, inPlace(member, document)]))
}

/** Of OpenAPI 3.1 in a schema, beside those of JSON Schema 2020-12. */
const openApiKeywords = ['example', 'discriminator', 'xml', 'externalDocs']

export type Validators = {
  /** Validates against the schema at this JSON pointer of the document. Throws where there is none or it does not compile. */
  at(pointer: string): ValidateFunction
}

/**
 * The document's schemas as a program outside would use them: strict, with every format known. `unicodeRegExp`: patterns
 * are compiled with the flag `u`; generators of clients differ in that.
 */
export function validatorsOf(document: Json, { unicodeRegExp = true } = {}): Validators {
  const ajv = new Ajv2020({ strict: true, allErrors: true, unicodeRegExp, validateSchema: true })
  formats.default(ajv)
  ajv.addFormat('binary', true)
  ajv.addFormat('password', true)
  ajv.addFormat('uri-reference', true)
  ajv.addVocabulary(openApiKeywords)
  const named = nodeAt(document, '/components/schemas')
  for (const name of Object.keys(named as object)) {
    ajv.addSchema(refsToNames(nodeAt(named, `/${escapePointer(name)}`)) as object, name)
  }
  const compiled = new Map<string, ValidateFunction>()
  return {
    at(pointer) {
      const validate = compiled.get(pointer) ?? ajv.compile(refsToNames(nodeAt(document, pointer)) as object)
      compiled.set(pointer, validate)
      return validate
    },
  }
}

/** The part of the document at a JSON pointer. Throws where there is none. */
export function nodeAt(document: Json, pointer: string): Json {
  let node: unknown = document
  for (const member of pointer.split('/').slice(1)) {
    const key = member.replaceAll('~1', '/').replaceAll('~0', '~')
    node = (node as Readonly<Record<string, unknown>>)[key]
    if (node === undefined) throw new Error(`nothing at ${pointer}`)
  }
  return node as Json
}

const componentPrefix = '#/components/schemas/'

/** The shared schemas are known to the validator by their names. */
function refsToNames(node: Json): Json {
  return JSON.parse(JSON.stringify(node).replaceAll(`"$ref":"${componentPrefix}`, '"$ref":"'))
}

/** A member of a JSON pointer, RFC 6901 §3. */
export function escapePointer(member: string): string {
  return member.replaceAll('~', '~0').replaceAll('/', '~1')
}

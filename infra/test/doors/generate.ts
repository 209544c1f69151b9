import * as fc from 'fast-check'
import {
  type DocumentFile,
  type Json,
  nodeAt,
  readDocument,
} from '../../../packages/contracts/test/support/document.ts'
import {
  asNode,
  type Node,
  type Operation,
  operationsOf,
} from '../../../packages/contracts/test/support/documented.ts'
import { hostileJson, hostileText } from './hostile.ts'
import { type Known, valid } from './schema-values.ts'

/** How a request is meant: by the document, or with something in it that is not. */
export type Intent = 'valid' | 'hostile'

/** A request as it is sent, but for who sends it. */
export type Generated = {
  readonly operation: Operation
  readonly intent: Intent
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | undefined
  /** From 0 to 99: who sends it. */
  readonly who: number
}

/** Seldom asked: each costs 30 ms of hashing. */
const costly: ReadonlySet<string> = new Set(['signIn', 'signOut', 'proveInvariants'])

/** Requests of a document, the same for the same seed and the same world. */
export function requestsOf(
  file: DocumentFile,
  known: Known,
  {
    seed,
    count,
    intents,
  }: { readonly seed: number; readonly count: number; readonly intents: readonly Intent[] },
): readonly Generated[] {
  const schemas = asNode(nodeAt(readDocument(file), '/components/schemas'))
  const weighted = operationsOf(file).map((operation) => ({
    weight: costly.has(operation.id) ? 1 : 6,
    arbitrary: fc
      .constantFrom(...intents)
      .chain((intent) => requestOf(operation, intent, { schemas, known })),
  }))
  return fc.sample(fc.oneof(...weighted), { seed, numRuns: count })
}

type Making = { readonly schemas: Node; readonly known: Known }

function requestOf(operation: Operation, intent: Intent, making: Making): fc.Arbitrary<Generated> {
  return fc
    .record({
      path: pathOf(operation, intent, making),
      query: queryOf(operation, intent, making),
      body: bodyOf(operation, intent, making),
      headers: fc
        .tuple(documentedHeaders(operation), intent === 'valid' ? fc.constant({}) : headers)
        .map(([own, extra]) => ({ ...own, ...extra })),
      who: fc.nat(99),
    })
    .map(({ path, query, body, headers: extra, who }) => ({
      operation,
      intent,
      path: query === '' ? path : `${path}?${query}`,
      headers: { ...(body && { 'content-type': operation.body?.mediaType ?? '' }), ...extra },
      body,
      who,
    }))
}

function pathOf(operation: Operation, intent: Intent, making: Making): fc.Arbitrary<string> {
  const resource = operation.path.split('/').find((part) => part in making.known.ids) ?? ''
  const values = { ...making.known.values, id: making.known.ids[resource] ?? [] }
  const here = { ...making, known: { ...making.known, values } }
  const holes = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name, schema }) => {
      const fits = valid(schema, here, name).map(String)
      const any = intent === 'valid' ? fits : fc.oneof({ weight: 2, arbitrary: fits }, hostileText)
      // These would be another path.
      return any
        .filter((value) => !/^\.{0,2}$/.test(value))
        .map((value) => [`{${name}}`, encode(value)] as const)
    })
  return fc
    .tuple(...holes)
    .map((pairs) => pairs.reduce((path, [hole, value]) => path.replace(hole, () => value), operation.path))
}

function queryOf(operation: Operation, intent: Intent, making: Making): fc.Arbitrary<string> {
  const pairs = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, required, schema }) => {
      const fits = valid(schema, making, name).map(String)
      const any = intent === 'valid' ? fits : fc.oneof({ weight: 3, arbitrary: fits }, hostileText)
      const given = any.map((value) => [[name, value] as const])
      return required && intent === 'valid' ? given : fc.oneof(given, fc.constant([]))
    })
  const stranger = fc.tuple(hostileText, hostileText).map((pair) => [pair])
  const known = operation.parameters.map(({ name }) => name)
  const again = fc.tuple(fc.constantFrom('x', ...known), hostileText).map((pair) => [pair])
  const none = fc.constant([])
  const extra = intent === 'valid' ? none : fc.oneof({ weight: 8, arbitrary: none }, stranger, again)
  return fc.tuple(...pairs, extra).map((all) =>
    all
      .flat()
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .join('&'),
  )
}

function bodyOf(operation: Operation, intent: Intent, making: Making): fc.Arbitrary<Uint8Array | undefined> {
  if (operation.body === undefined) return fc.constant(undefined)
  if (operation.body.mediaType !== 'application/json') return listFile(intent, making)
  const fits = valid(operation.body.schema, making)
  if (intent === 'valid') return fits.map(octets)
  const spoilt = fits.chain((value) => spoil(value)).map(octets)
  return fc.oneof(
    { weight: 8, arbitrary: spoilt },
    { weight: 2, arbitrary: fits.map(octets) },
    { weight: 1, arbitrary: hostileJson.map(octets) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
    { weight: 1, arbitrary: fits.map((value) => octets(value).slice(0, -1)) },
    { weight: 1, arbitrary: fc.constant(octets({ note: 'x'.repeat(20_000) })) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

/** The value with one member left out, replaced or added. */
function spoil(value: Json): fc.Arbitrary<Json> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return hostileJson
  const entries = Object.entries(value)
  const replaced = fc
    .tuple(fc.constantFrom(...entries.map(([name]) => name), 'note'), hostileJson)
    .map(([name, bad]): Json => ({ ...value, [name]: bad }))
  const left = fc
    .constantFrom(...entries.map(([name]) => name), 'none')
    .map((name): Json => Object.fromEntries(entries.filter(([each]) => each !== name)))
  const added = fc.tuple(hostileText, hostileJson).map(([name, more]): Json => ({ ...value, [name]: more }))
  return fc.oneof({ weight: 6, arbitrary: replaced }, left, added)
}

/** A drop list of one name a line, or something that says it is. */
function listFile(intent: Intent, { known }: Making): fc.Arbitrary<Uint8Array> {
  const lines = fc
    .array(fc.oneof(fc.domain(), fc.constantFrom(...known.names)), { minLength: 1, maxLength: 20 })
    .map((names) => Buffer.from(`${names.join('\n')}\n`))
  if (intent === 'valid') return lines
  const bad = fc.array(hostileText, { maxLength: 20 }).map((texts) => Buffer.from(texts.join('\n')))
  return fc.oneof(lines, bad, fc.uint8Array({ maxLength: 2_000 }))
}

/** Of each parameter that is a header: mostly a value of its own, seldom one that others send too. */
function documentedHeaders({ parameters }: Operation): fc.Arbitrary<Record<string, string>> {
  const names = new Set(
    parameters.flatMap((parameter) => (parameter.in === 'header' ? [parameter.name] : [])),
  )
  const key = fc.oneof({ weight: 9, arbitrary: fc.uuid() }, fc.constantFrom('one', 'two', '"three"'))
  const match = fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    fc.constantFrom('"v1"', '"v2", "v3"', 'W/"v1"'),
  )
  return fc.record({
    ...(names.has('Idempotency-Key') && { 'idempotency-key': key }),
    ...(names.has('If-Match') && { 'if-match': match }),
  })
}

/** A header holds Latin-1 without control characters; the sending side refuses others. */
const headerValue = hostileText.map((text) => text.replaceAll(/[^\t -~\u00a0-\u00ff]/g, ''))

const headers = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Record<string, string>>({}) },
  {
    weight: 1,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'x-request-id',
        'accept',
        'idempotency-key',
        'if-match',
        'if-none-match',
        'accept-encoding',
        'user-agent',
        'accept-language',
        'x-anything',
      ),
      headerValue,
      { maxKeys: 3 },
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('text/plain', 'application/json; charset=latin1', 'multipart/form-data', '')
      .map((mediaType): Record<string, string> => ({ 'content-type': mediaType })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('null', 'https://elsewhere.test', 'http://[', '')
      .map((origin): Record<string, string> => ({ origin })),
  },
)

function octets(value: Json): Uint8Array {
  return Buffer.from(JSON.stringify(value) ?? '')
}

/** Percent-encoded, lone surrogates too, which `encodeURIComponent` refuses: as the three octets that a careless program writes. */
function encode(text: string): string {
  return [...text]
    .map((character) => {
      const unit = character.charCodeAt(0)
      if (character.length > 1 || unit < 0xd800 || unit > 0xdfff) return encodeURIComponent(character)
      const octetsOf = [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]
      return octetsOf.map((octet) => `%${octet.toString(16)}`).join('')
    })
    .join('')
}

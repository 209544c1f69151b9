import {
  type DocumentFile,
  escapePointer,
  type Json,
  readDocument,
  type Validators,
  validatorsOf,
} from './document.ts'
import { asNode, type Node, type Operation } from './documented.ts'

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

/** What is wrong with an answer by its document; `undefined` where nothing is. */
export type CheckAnswer = (operation: Operation, answer: Answer) => string | undefined

/** Of HTTP itself, of the connection, and for browsers: no document of an API describes them. Lower case. */
const transportHeaders: ReadonlySet<string> = new Set([
  'accept-ranges',
  'cache-control',
  'connection',
  'content-disposition',
  'content-encoding',
  'content-length',
  'content-range',
  'content-security-policy',
  'content-type',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'keep-alive',
  'last-modified',
  'referrer-policy',
  'strict-transport-security',
  'transfer-encoding',
  'vary',
  'x-accel-buffering',
  'x-content-type-options',
])

/**
 * Compares answers with a document: status, media type, headers, members, codes. `errorsOfOurs`: a documented 5xx is right, too; by
 * default none ever is.
 */
export function answersOf(file: DocumentFile, { errorsOfOurs = false } = {}): CheckAnswer {
  const validators = validatorsOf(closed(readDocument(file)))
  return (operation, answer) => {
    if (answer.status >= 500 && !errorsOfOurs) return `status ${answer.status}`
    const documented = operation.responses[String(answer.status)]
    if (documented === undefined) return `status ${answer.status} is not documented`
    return (
      wrongHeaders(asNode(documented['headers'] ?? {}), answer, file) ??
      wrongBody(operation, answer, Object.keys(asNode(documented['content'] ?? {})), { file, validators })
    )
  }
}

/** The document of the operators' API says nothing of headers that all answers have. */
function wrongHeaders(documented: Node, { headers }: Answer, file: DocumentFile): string | undefined {
  const missing = Object.entries(documented)
    .filter(
      ([name, header]) => asNode(header)['required'] === true && headers[name.toLowerCase()] === undefined,
    )
    .map(([name]) => name)
  if (missing.length > 0) return `without the header ${missing.join(', ')}`
  if (file !== 'openapi.json') return undefined
  const known = new Set(Object.keys(documented).map((name) => name.toLowerCase()))
  const unknown = Object.keys(headers).filter((name) => !known.has(name) && !transportHeaders.has(name))
  return unknown.length > 0 ? `the header ${unknown.join(', ')} is not documented` : undefined
}

function wrongBody(
  operation: Operation,
  answer: Answer,
  mediaTypes: readonly string[],
  { file, validators }: { readonly file: DocumentFile; readonly validators: Validators },
) {
  const given = String(answer.headers['content-type'] ?? '').split(';', 1)[0] ?? ''
  if (mediaTypes.length === 0) return answer.body.length > 0 ? 'a body where none is documented' : undefined
  if (!mediaTypes.includes(given)) return `the media type ${given} is not documented`
  if (!given.endsWith('json')) return undefined
  const media = `${operation.pointer}/responses/${answer.status}/content/${escapePointer(given)}`
  const body: Json = JSON.parse(answer.body.toString())
  const validate = validators.at(`${media}/schema`)
  if (!validate(body)) return JSON.stringify(validate.errors?.slice(0, 3))
  return given === 'application/problem+json' ? wrongCode(operation, answer.status, body, file) : undefined
}

/**
 * The document names every code that an operation may answer with, as an example of its status, and that of the reseller API with every
 * member it may have.
 */
function wrongCode(
  { responses }: Operation,
  status: number,
  body: Json,
  file: DocumentFile,
): string | undefined {
  const content = asNode(responses[String(status)]?.['content'])
  const examples = asNode(asNode(content['application/problem+json'])['examples'])
  const { code } = asNode(body)
  if (!Object.hasOwn(examples, String(code))) return `the code ${String(code)} is not documented`
  const { value } = asNode(examples[String(code)])
  // It names whichever limit of the key was exceeded.
  if (code === 'key_exceeds_own' || file !== 'openapi.json') return undefined
  const unknown = Object.keys(asNode(body)).filter((member) => !Object.hasOwn(asNode(value), member))
  return unknown.length > 0 ? `the example of ${String(code)} does not have ${unknown.join(', ')}` : undefined
}

/** With no member but those that are documented, where the document does not say that there may be more. */
function closed(node: Json): Json {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(closed)
  const members = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
  const isOpen = 'properties' in node && 'type' in node && !('additionalProperties' in node)
  return isOpen ? { ...members, additionalProperties: false } : members
}

import {
  type DocumentFile,
  escapePointer,
  type Json,
  readDocument,
  type Validators,
  validatorsOf,
} from '../../../packages/contracts/test/support/document.ts'
import { asNode, type Operation } from './documented.ts'
import type { Answer } from './send.ts'

/** What is wrong with an answer by its document; `undefined` where nothing is. */
export type CheckAnswer = (operation: Operation, answer: Answer) => string | undefined

/** Holds answers against a document: status, media type, headers, members, codes. No 5xx is ever right. */
export function answersOf(file: DocumentFile): CheckAnswer {
  const validators = validatorsOf(closed(readDocument(file)))
  return (operation, answer) => {
    if (answer.status >= 500) return `status ${answer.status}`
    const documented = operation.responses[String(answer.status)]
    if (documented === undefined) return `status ${answer.status} is not documented`
    const missing = Object.entries(asNode(documented['headers'] ?? {}))
      .filter(([name, header]) => asNode(header)['required'] === true && isAbsent(answer, name))
      .map(([name]) => name)
    if (missing.length > 0) return `without the header ${missing.join(', ')}`
    const content = asNode(documented['content'] ?? {})
    return wrongBody(operation, answer, Object.keys(content), validators)
  }
}

function isAbsent({ headers }: Answer, name: string): boolean {
  return headers[name.toLowerCase()] === undefined
}

function wrongBody(
  operation: Operation,
  answer: Answer,
  mediaTypes: readonly string[],
  validators: Validators,
) {
  const given = String(answer.headers['content-type'] ?? '').split(';', 1)[0] ?? ''
  if (mediaTypes.length === 0) return answer.body.length > 0 ? 'a body where none is documented' : undefined
  if (!mediaTypes.includes(given)) return `the media type ${given} is not documented`
  if (!given.endsWith('json')) return undefined
  const media = `${operation.pointer}/responses/${answer.status}/content/${escapePointer(given)}`
  const body: Json = JSON.parse(answer.body.toString())
  const validate = validators.at(`${media}/schema`)
  if (!validate(body)) return JSON.stringify(validate.errors?.slice(0, 3))
  return given === 'application/problem+json' ? wrongCode(operation, answer.status, body) : undefined
}

/** The document names every code that an operation may answer with, as an example of its status. */
function wrongCode({ responses }: Operation, status: number, body: Json): string | undefined {
  const content = asNode(responses[String(status)]?.['content'])
  const examples = asNode(asNode(content['application/problem+json'])['examples'])
  const { code } = asNode(body)
  return Object.hasOwn(examples, String(code)) ? undefined : `the code ${String(code)} is not documented`
}

/** With no member but those that are documented, where the document does not say that there may be more. */
function closed(node: Json): Json {
  if (typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map(closed)
  const members = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
  const isOpen = 'properties' in node && 'type' in node && !('additionalProperties' in node)
  return isOpen ? { ...members, additionalProperties: false } : members
}

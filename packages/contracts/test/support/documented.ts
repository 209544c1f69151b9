import { type DocumentFile, escapePointer, type Json, nodeAt, readDocument } from './document.ts'

export type Node = { readonly [key: string]: Json }

type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: Node
}

/** An operation as its document has it. */
export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  /** Where it stands in the document. */
  readonly pointer: string
  readonly parameters: readonly Parameter[]
  readonly body?: { readonly mediaType: string; readonly schema: Node }
  readonly security: Node
  readonly responses: Readonly<Record<string, Node>>
}

/** Every operation of a document. */
export function operationsOf(file: DocumentFile): readonly Operation[] {
  const document = readDocument(file)
  return Object.entries(asNode(nodeAt(document, '/paths'))).flatMap(([path, methods]) =>
    Object.entries(asNode(methods)).map(([method, each]) => operationOf(path, method, asNode(each))),
  )
}

function operationOf(path: string, method: string, node: Node): Operation {
  const { operationId, parameters = [], requestBody, security = [], responses } = node
  const [needed] = security as readonly Node[]
  const content = requestBody === undefined ? {} : asNode(asNode(requestBody)['content'])
  const [body] = Object.entries(content)
  return {
    id: String(operationId),
    method: method.toUpperCase(),
    path,
    pointer: `/paths/${escapePointer(path)}/${method}`,
    parameters: parameters as unknown as readonly Parameter[],
    ...(body && { body: { mediaType: body[0], schema: asNode(asNode(body[1])['schema']) } }),
    security: needed ?? {},
    responses: asNode(responses) as unknown as Record<string, Node>,
  }
}

export function asNode(value: Json | undefined): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('no object there')
  return value as Node
}

import { filePermission } from '@droplock/rules/list-files'
import type { Permission } from '@droplock/rules/staff'
import { createRoute, z } from '@hono/zod-openapi'
import { withProblems } from '../common/responses.ts'
import { reads } from './operation.ts'
import { operations } from './operations.ts'

/** A list of the API as a file: its operation, and what its columns are made of. */
export type ListFile = {
  readonly operation: ReturnType<typeof fileOf>
  /** The path of the list below `/api/`, with its parameters: `sync-runs/{id}/changes`. */
  readonly list: string
  /** Whether the list is read page by page. */
  readonly isPaged: boolean
  readonly columns: readonly FileColumn[]
}

/** A column, and where its value is in an item. `money` has two columns: the amount in major units, and the currency. */
export type FileColumn = {
  readonly header: string
  readonly path: readonly string[]
  readonly kind: 'money' | 'text'
}

type Operation = (typeof operations)[keyof typeof operations]

/** Every list of the operators' API as a file. A new list has one without a further line. */
export const listFiles: readonly ListFile[] = Object.values(operations).flatMap((operation) => {
  const item = itemOf(operation)
  if (item === undefined) return []
  const query = queryOf(operation)
  return [
    {
      operation: fileOf(operation, query),
      list: operation.path.replace('/api/', ''),
      isPaged: query.shape['page'] !== undefined,
      columns: columnsOf(item),
    },
  ]
})

/** The schema of an item, where the operation answers with a list of them. */
function itemOf({ method, responses }: Operation): z.ZodType | undefined {
  if (method !== 'get') return undefined
  const answer: unknown = Reflect.get(responses, 200)
  const schema = member(member(member(answer, 'content'), 'application/json'), 'schema')
  if (!(schema instanceof z.ZodObject)) return undefined
  const items: unknown = schema.shape['items']
  return items instanceof z.ZodArray && items.element instanceof z.ZodType ? items.element : undefined
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function queryOf(operation: Operation): z.ZodObject {
  const query = member(member(operation, 'request'), 'query')
  return query instanceof z.ZodObject ? query : z.strictObject({})
}

function paramsOf(operation: Operation): z.ZodObject {
  const params = member(member(operation, 'request'), 'params')
  return params instanceof z.ZodObject ? params : z.strictObject({})
}

/** The same filters and the same order as the list has, without its pages. */
function fileOf(operation: Operation, { shape }: z.ZodObject) {
  const { page: _page, per_page: _perPage, ...filters } = shape
  const list = operation.path.replace('/api/', '')
  const [toRead] = operation.security.flatMap(({ session }): readonly Permission[] => session)
  if (toRead === undefined) throw new Error(`${operation.operationId} needs no permission`)
  const { 200: _answer, ...problems } = { ...operation.responses, 200: undefined }
  return createRoute({
    operationId: `${operation.operationId}File`,
    method: 'get',
    path: `${operation.path}.csv`,
    tags: ['Lists as files'],
    summary: `${operation.summary}, as a file`,
    security: reads(filePermission(list, toRead)),
    request: { params: paramsOf(operation), query: z.strictObject(filters) },
    responses: {
      200: {
        description:
          'All that matches, as of one moment. CSV with a header, UTF-8 with a byte order mark. A text that begins like a formula has an apostrophe before it; amounts are decimal numbers in major units. The last line says how many rows there are: a file without it is incomplete.',
        content: { 'text/csv': { schema: z.string() } },
        headers: z.object({ 'Content-Disposition': z.string().openapi({ description: 'The file name' }) }),
      },
      ...withProblems(problems, ['invalid_request', 'export_limit_reached']),
    },
  })
}

/** Members of members have their own columns: `proposed_by` is `proposed_by_id` and `proposed_by_name`. Lists are one column. */
function columnsOf(schema: z.ZodType, path: readonly string[] = []): readonly FileColumn[] {
  const plain = unwrap(schema)
  if (plain instanceof z.ZodObject) {
    const members = Object.entries(plain.shape)
    const isMoney = members.length === 2 && 'amount_minor' in plain.shape && 'currency' in plain.shape
    if (isMoney) return [{ header: path.join('_'), path, kind: 'money' }]
    return members.flatMap(([name, of]) => (of instanceof z.ZodType ? columnsOf(of, [...path, name]) : []))
  }
  if (plain instanceof z.ZodUnion && path.length === 0) return columnsOfAny(plain.options)
  return [{ header: path.join('_'), path, kind: 'text' }]
}

function columnsOfAny(options: readonly unknown[]): readonly FileColumn[] {
  const all = options.flatMap((option) => (option instanceof z.ZodType ? columnsOf(option) : []))
  return [...new Map(all.map((column) => [column.header, column])).values()]
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)) return schema
  const inner: unknown = schema.unwrap()
  return inner instanceof z.ZodType ? unwrap(inner) : schema
}

import type { DataProvider, GetListParams, RaRecord } from 'react-admin'
import type { Api } from './api.ts'

/** The two reads that lists and pages need, and what the console says to the server beyond them. */
export type ConsoleDataProvider = DataProvider &
  Pick<Api, 'get' | 'post' | 'upload'> & {
    /** The API's `delete`; react-admin's own says something else. */
    readonly remove: Api['delete']
  }

/** What identifies a row of a list whose rows are not known by `id`. */
const keyOf: Readonly<Record<string, string>> = { audit: 'seq', changes: 'name', rejects: 'line' }

async function notOffered(): Promise<never> {
  throw new Error('The operator API has no such operation.')
}

/**
 * Reads are react-admin's, by the path: `sync-runs/{id}/changes` is a list like any other. Changes are not: the server
 * offers verbs, not records to write, so they go through `post`.
 */
export function makeDataProvider(api: Api): ConsoleDataProvider {
  return {
    getList: async (resource, params) => {
      const { items, total } = await api.get<{ items: object[]; total: number }>(
        `${resource}?${listQuery(params)}`,
      )
      return { data: items.map((item) => withId(resource, item)), total }
    },
    getOne: async (resource, { id }) => ({
      data: withId(resource, await api.get<object>(`${resource}/${encodeURIComponent(id)}`)),
    }),
    getMany: notOffered,
    getManyReference: notOffered,
    create: notOffered,
    update: notOffered,
    updateMany: notOffered,
    delete: notOffered,
    deleteMany: notOffered,
    get: api.get,
    post: api.post,
    upload: api.upload,
    remove: api.delete,
  }
}

// react-admin lets the caller choose the record's type, so no check here could satisfy it.
// oxlint-disable-next-line typescript/no-explicit-any
function withId(resource: string, item: object): any {
  const key = keyOf[resource.split('/').at(-1) ?? resource] ?? 'id'
  const record: RaRecord = { ...item, id: Reflect.get(item, key) }
  return record
}

/** A list without a field to sort by keeps the server's order. Filters with nothing in them are not sent; times and choices are sent as they are. */
export function listQuery({ pagination, sort, filter = {} }: GetListParams): string {
  const query = new URLSearchParams()
  if (pagination !== undefined) {
    query.set('page', String(pagination.page))
    query.set('per_page', String(pagination.perPage))
  }
  if (sort !== undefined && sort.field !== '') {
    query.set('sort', sort.field)
    query.set('order', sort.order === 'DESC' ? 'desc' : 'asc')
  }
  for (const [name, value] of Object.entries(filter)) {
    if (value !== '' && value !== undefined && value !== null) query.set(name, String(value))
  }
  return query.toString()
}

import type { DataProvider, GetListParams, RaRecord } from 'react-admin'
import type { Api } from './api.ts'

/** react-admin's reads, and the API's own calls. */
export type ConsoleDataProvider = DataProvider &
  Pick<Api, 'get' | 'post' | 'upload'> & {
    /** The API's `delete`. react-admin's own deletes a record. */
    readonly remove: Api['delete']
  }

/** The members that identify a row, for lists whose rows have no `id`; by the last part of the path, or the first and the last. */
const keyOf: Readonly<Record<string, readonly string[]>> = {
  audit: ['seq'],
  changes: ['name'],
  rejects: ['line'],
  drift: ['zone', 'day'],
  drops: ['listing_id', 'kind', 'evidence'],
  withdrawals: ['listing_id'],
  'zone-outcomes': ['zone'],
  zones: ['name'],
  'zone-policies': ['zone'],
  'order-of-service': ['listing_id'],
  'revenue-report': ['group', 'currency'],
  'refund-report': ['group', 'currency'],
  receivables: ['account_id'],
  'refund-ages': ['state', 'currency'],
  'registry-messages': ['registry_account_id', 'message_id'],
  'schedule-changes/listings': ['listing_id'],
}

function keyMembers(resource: string): readonly string[] {
  const parts = resource.split('/')
  const last = parts.at(-1) ?? resource
  return keyOf[`${parts[0]}/${last}`] ?? keyOf[last] ?? ['id']
}

type AnsweredList = {
  readonly items: readonly object[]
  readonly total: number
  readonly total_is_exact?: boolean
}

async function notSupported(): Promise<never> {
  throw new Error('The operator API has no such operation.')
}

/**
 * Reads go through react-admin, with the path as the resource: `sync-runs/{id}/changes` is a list too. Changes go through
 * `post`: the server has operations, not records to write.
 */
export function makeDataProvider(api: Api): ConsoleDataProvider {
  return {
    getList: async (resource, params) => {
      const list = await api.get<AnsweredList>(`${resource}?${listQuery(params)}`)
      return {
        data: list.items.map((item) => withId(resource, item)),
        total: list.total,
        meta: { isTotalExact: list.total_is_exact !== false },
      }
    },
    getOne: async (resource, { id }) => ({
      data: withId(resource, await api.get<object>(`${resource}/${encodeURIComponent(id)}`)),
    }),
    getMany: notSupported,
    getManyReference: notSupported,
    create: notSupported,
    update: notSupported,
    updateMany: notSupported,
    delete: notSupported,
    deleteMany: notSupported,
    get: api.get,
    post: api.post,
    upload: api.upload,
    remove: api.delete,
  }
}

// react-admin lets the caller choose the record's type, so no check here could satisfy it.
// oxlint-disable-next-line typescript/no-explicit-any
function withId(resource: string, item: object): any {
  const [key = 'id', ...others] = keyMembers(resource)
  const id = Reflect.get(item, key)
  const record: RaRecord = {
    ...item,
    id: others.length === 0 ? id : [id, ...others.map((each) => Reflect.get(item, each))].join(' '),
  }
  return record
}

/** The address of a list as a file, filtered and sorted as the list is. */
export function fileOf(resource: string, shown: Pick<GetListParams, 'sort' | 'filter'>): string {
  const query = listQuery(shown)
  return `/api/${resource}.csv${query === '' ? '' : `?${query}`}`
}

/** The query of a list. Without a sort field the server's order applies. Empty filters are not sent. */
function listQuery({ pagination, sort, filter = {} }: Partial<GetListParams>): string {
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

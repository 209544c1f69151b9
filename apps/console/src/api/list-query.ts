import type { GetListParams } from 'react-admin'

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

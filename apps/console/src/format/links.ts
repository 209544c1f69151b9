/** The address of a list with these filters set: what a number leads to. */
export function listLink(resource: string, filter: Readonly<Record<string, string>> = {}): string {
  if (Object.keys(filter).length === 0) return `/${resource}`
  return `/${resource}?${new URLSearchParams({ filter: JSON.stringify(filter), page: '1' })}`
}

/** The address of one record's page. */
export function recordLink(resource: string, id: string): string {
  return `/${resource}/${encodeURIComponent(id)}/show`
}

import type { Pool } from 'undici'

export type Asked = {
  readonly name: string
  readonly query: string
  /** No name has it. All other searches must find some. */
  readonly isAbsent?: true
  readonly isHostile?: true
}

const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)

/** What buyers filter by most, and what they combine. */
export const commonest: readonly Asked[] = [
  { name: 'orderable', query: 'orderable=true' },
  { name: 'zone', query: 'orderable=true&zone=com' },
  { name: 'zones', query: 'orderable=true&zone=z77,z120' },
  { name: 'part', query: 'orderable=true&q=shop' },
  { name: 'absent_part', query: 'q=qqzx', isAbsent: true },
  { name: 'begin', query: 'orderable=true&starts_with=my' },
  { name: 'end', query: 'orderable=true&ends_with=shop' },
  { name: 'short_letters', query: 'orderable=true&length_max=4&shape=letters' },
  { name: 'digits', query: 'orderable=true&shape=digits&length_max=5' },
  { name: 'pattern', query: 'orderable=true&shape=CVCV' },
  { name: 'day_and_zone', query: `orderable=true&zone=com&drop_from=${inDays(3)}&drop_to=${inDays(3)}` },
  { name: 'brandable', query: 'orderable=true&zone=com,net&length_max=7&digits=none&hyphens=none' },
  { name: 'by_name', query: 'orderable=true&zone=com&order=name' },
  { name: 'by_price', query: 'orderable=true&order=price' },
  { name: 'price_range', query: 'orderable=true&price_min_minor=2000&price_max_minor=2100' },
  { name: 'price_of_short', query: 'length_max=4&order=price&price_max_minor=2200' },
]

/** Combinations that no index was made for. */
export const hostile: readonly Asked[] = [
  {
    name: 'hostile_name_of_small_zone',
    query: 'order=name&zone=z299&digits=only&length_min=9',
    isHostile: true,
  },
  {
    name: 'hostile_ended_part',
    query: 'state=unsold&q=green&order=name&hyphens=any&length_max=8',
    isHostile: true,
  },
  { name: 'hostile_total', query: 'state=lost&starts_with=a&ends_with=z&total=true', isHostile: true },
]

/** Whether a search finds anything, and the cursor after so many pages, or after the last one before the end. */
export async function deepest(
  pool: Pool,
  key: string,
  query: string,
  pages: number,
): Promise<{ readonly found: boolean; readonly cursor: string | undefined }> {
  let cursor: string | undefined
  let found = false
  for (let page = 0; page < pages; page += 1) {
    const path = `/v1/listings?${query}${cursor === undefined ? '' : `&cursor=${cursor}`}`
    const { body } = await pool.request({ method: 'GET', path, headers: { authorization: `Bearer ${key}` } })
    const { items, next } = (await body.json()) as {
      readonly items?: readonly unknown[]
      readonly next?: string
    }
    found ||= (items ?? []).length > 0
    if (next === undefined) break
    cursor = next
  }
  return { found, cursor }
}

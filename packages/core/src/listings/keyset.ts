import { type RawBuilder, sql } from 'kysely'
import { unknownCursor } from '../database/page.ts'

/** The order of a page of listings: by `drop` only those that have ended, by `price` only those on offer. */
export type ListingOrder = 'cutoff' | 'drop' | 'name' | 'price'

/** How the pages of an order follow one another. */
export type Keyset = {
  readonly by: ListingOrder
  readonly order: RawBuilder<unknown>
  /** Whether a row comes after the page before. */
  readonly isAfter: RawBuilder<boolean>
  /** The place of a row in the order, as text. */
  readonly cursor: RawBuilder<string>
  readonly write: (cursor: string) => string
}

/** Times with their microseconds, which `Date` does not have. */
const asText = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

const places = {
  cutoff: {
    order: sql`cutoff_at, id`,
    cursor: sql<string>`${asText('cutoff_at')} || ' ' || id`,
    isAfter: (at: string, id: string) => sql<boolean>`(cutoff_at, id) > (${at}::timestamptz, ${id}::uuid)`,
  },
  drop: {
    order: sql`drop_from, id`,
    cursor: sql<string>`${asText('drop_from')} || ' ' || id`,
    isAfter: (at: string, id: string) => sql<boolean>`(drop_from, id) > (${at}::timestamptz, ${id}::uuid)`,
  },
  name: {
    order: sql`name, cycle`,
    cursor: sql<string>`name || ' ' || cycle`,
    isAfter: (name: string, cycle: string) => sql<boolean>`(name, cycle) > (${name}, ${cycle}::integer)`,
  },
  // Rules come in the order of their prices, and an index has the names of each.
  price: {
    order: sql`amount_minor, price_rule_id, id`,
    cursor: sql<string>`amount_minor || ' ' || price_rule_id || ' ' || id`,
    isAfter: (amount: string, ruleAndId: string) => {
      const [rule, id] = ruleAndId.split(' ')
      return sql<boolean>`((price.amount_minor, price.rule_id) >= (${amount}::bigint, ${rule}::uuid)
        and (price.amount_minor, price.rule_id, listing.id) > (${amount}::bigint, ${rule}::uuid, ${id}::uuid))`
    },
  },
} as const

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z`
const uuid = String.raw`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`

/** A cursor is the place of the last row in its order, so it stays valid when that row is gone. */
const forms: Readonly<Record<ListingOrder, RegExp>> = {
  cutoff: new RegExp(`^cutoff (${time}) (${uuid})$`),
  drop: new RegExp(`^drop (${time}) (${uuid})$`),
  name: /^name ([a-z0-9.-]{1,253}) (\d{1,9})$/,
  price: new RegExp(`^price (\\d{1,18}) (${uuid} ${uuid})$`),
}

/** The orders whose places begin with a time. */
const ordersByTime: ReadonlySet<ListingOrder> = new Set(['cutoff', 'drop'])

/** Throws Refusal('invalid_cursor') for a cursor that is not of this order. */
export function keysetOf({
  order: by,
  after,
}: {
  readonly order: ListingOrder
  readonly after?: string
}): Keyset {
  const { order, cursor, isAfter } = places[by]
  const write = (place: string) => Buffer.from(`${by} ${place}`).toString('base64url')
  const none = { by, order, cursor, write, isAfter: sql<boolean>`true` }
  if (after === undefined) return none
  const [, first, second] = forms[by].exec(Buffer.from(after, 'base64url').toString()) ?? []
  if (
    first === undefined ||
    second === undefined ||
    (ordersByTime.has(by) && Number.isNaN(Date.parse(first)))
  )
    throw unknownCursor()
  return { ...none, isAfter: isAfter(first, second) }
}

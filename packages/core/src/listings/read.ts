import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import { type RawBuilder, sql } from 'kysely'
import { type AccountActor, type AccountContext, requireScope } from '../context.ts'
import { compileOnce } from '../database/compile-once.ts'
import { readShortly } from '../database/connect.ts'
import { escapeLike, type Page, requireCursor, toPage } from '../database/page.ts'
import { isListed } from '../listed.ts'

/** A listing as a reseller sees it: whether it can be ordered now and at which price, never who holds it. */
export type ListingView = {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly cycle: number
  readonly state: ListingState
  /** Whether an order placed now would be accepted, apart from the caller's balance. */
  readonly orderable: boolean
  readonly held: boolean
  readonly heldByYou: boolean
  readonly premium: boolean
  readonly reserved: boolean
  readonly suspect: boolean
  readonly priceMinor: bigint | null
  readonly currency: string
  readonly opensAt: Date
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

type Caller = Pick<AccountActor, 'accountId' | 'currency'>

/** Listings with zone, the caller's price and the caller's own order, ready for `toListingView`. */
export function selectListings({ db, actor }: Pick<AccountContext, 'db'> & { readonly actor: Caller }) {
  return db
    .selectFrom('listing')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .leftJoin('price', (join) =>
      join
        .onRef('price.zone', '=', 'listing.zone')
        .onRef('price.tier', '=', 'listing.tier')
        .on('price.currency', '=', actor.currency),
    )
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .selectAll('listing')
    .select((eb) => [
      'zone.enabled',
      'price.amount_minor as price_minor',
      eb.val(actor.currency).as('currency'),
      eb('backorder.account_id', '=', actor.accountId).as('held_by_caller'),
      eb('listing.cutoff_at', '>', eb.fn<Date>('clock_timestamp', [])).as('before_cutoff'),
      eb('listing.opens_at', '<=', eb.fn<Date>('clock_timestamp', [])).as('has_opened'),
    ])
    .where(isListed())
}

type ListingRow = Awaited<ReturnType<ReturnType<typeof selectListings>['execute']>>[number]

/** Leaves out what the caller must not see, above all who holds the listing. */
export function toListingView(row: ListingRow): ListingView {
  const held = row.holder !== null
  // It can be ordered from its opening time on; the sweep that writes the state may be a while later.
  const state = row.state === 'upcoming' && Boolean(row.has_opened) ? 'open' : row.state
  const blocked = row.premium || row.reserved || row.suspect || !row.enabled || row.price_minor === null
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    cycle: row.cycle,
    state,
    orderable: state === 'open' && Boolean(row.has_opened) && Boolean(row.before_cutoff) && !held && !blocked,
    held,
    heldByYou: Boolean(row.held_by_caller),
    premium: row.premium,
    reserved: row.reserved,
    suspect: row.suspect,
    priceMinor: row.price_minor,
    currency: row.currency,
    opensAt: row.opens_at,
    cutoffAt: row.cutoff_at,
    dropFrom: row.drop_from,
    dropTo: row.drop_to,
  }
}

const newestCycle = compileOnce((db, caller: Caller & { readonly name: string }) =>
  selectListings({ db, actor: caller })
    .where('listing.name', '=', caller.name)
    .orderBy('listing.cycle', 'desc')
    .limit(1)
    .compile(),
)

/** The newest cycle of a name. Throws Refusal: insufficient_scope, listing_not_found. */
export async function getListing({ db, actor }: AccountContext, name: string): Promise<ListingView> {
  requireScope({ actor }, 'listings:read')
  const { accountId, currency } = actor
  const [row] = await readShortly(db, newestCycle(db, { name, accountId, currency }))
  if (row === undefined) throw new Refusal('listing_not_found', `No listing of ${name}.`, { name })
  return toListingView(row)
}

/** See `toListingView`. */
function isShownAs(state: ListingState): RawBuilder<boolean> {
  if (state === 'open')
    return sql<boolean>`(listing.state = 'open' or (listing.state = 'upcoming' and listing.opens_at <= statement_timestamp()))`
  if (state === 'upcoming')
    return sql<boolean>`(listing.state = 'upcoming' and listing.opens_at > statement_timestamp())`
  return sql<boolean>`listing.state = ${state}`
}

export type SearchListings = {
  /** A part of the name, as an A-label. */
  readonly q?: string
  readonly zone?: string
  readonly state?: ListingState
  readonly order: 'cutoff' | 'name'
  readonly after?: string
  readonly limit: number
}

/**
 * Listings with the caller's price, soonest cut-off or name first, in keyset pages. Throws Refusal: insufficient_scope,
 * invalid_cursor.
 */
export async function searchListings(ctx: AccountContext, query: SearchListings): Promise<Page<ListingView>> {
  requireScope(ctx, 'listings:read')
  let select = selectListings(ctx).limit(query.limit + 1)
  if (query.after !== undefined) {
    await requireCursor(ctx.db.selectFrom('listing').select('id').where('id', '=', query.after))
  }
  if (query.q !== undefined) select = select.where('listing.name', 'like', `%${escapeLike(query.q)}%`)
  if (query.zone !== undefined) select = select.where('listing.zone', '=', query.zone)
  if (query.state !== undefined) select = select.where(isShownAs(query.state))
  if (query.order === 'name') {
    select = select.orderBy('listing.name').orderBy('listing.id')
    if (query.after !== undefined) {
      select = select.where(sql<boolean>`(listing.name, listing.id) > (
        select name, id from listing where id = ${query.after})`)
    }
  } else {
    select = select.orderBy('listing.cutoff_at').orderBy('listing.id')
    if (query.after !== undefined) {
      select = select.where(sql<boolean>`(listing.cutoff_at, listing.id) > (
        select cutoff_at, id from listing where id = ${query.after})`)
    }
  }
  const rows = await select.execute()
  return toPage(rows.map(toListingView), query.limit, (listing) => listing.id)
}

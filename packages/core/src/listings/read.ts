import type { ListingState } from '@droplock/rules/machines/listing'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type AccountActor, type AccountContext, requireScope } from '../context.ts'
import { compileOnce } from '../database/compile-once.ts'
import { readShortly } from '../database/connect.ts'
import { isBlocked } from '../is-blocked.ts'
import { isListed } from '../is-listed.ts'
import { isZoneFor } from '../is-zone-for.ts'
import { isPriceOf } from '../prices/price-of.ts'

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
    .leftJoin('price_amount as price', (join) =>
      join.on(isPriceOf(sql.ref('listing.price_rule_id'), actor.currency)),
    )
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .selectAll('listing')
    .select((eb) => [
      'zone.enabled',
      'price.amount_minor as price_minor',
      eb.val(actor.currency).as('currency'),
      eb('backorder.account_id', '=', actor.accountId).as('held_by_caller'),
      isBlocked(sql`listing.name`).as('blocked'),
      eb('listing.cutoff_at', '>', eb.fn<Date>('clock_timestamp', [])).as('before_cutoff'),
      eb('listing.opens_at', '<=', eb.fn<Date>('clock_timestamp', [])).as('has_opened'),
    ])
    .where(isListed())
    .where(isZoneFor(actor.accountId))
}

type ListingRow = Awaited<ReturnType<ReturnType<typeof selectListings>['execute']>>[number]

/** Leaves out what the caller must not see, above all who holds the listing. */
export function toListingView(row: ListingRow): ListingView {
  const held = row.holder !== null
  // It can be ordered from its opening time on; the sweep that writes the state may be a while later.
  const state = row.state === 'upcoming' && Boolean(row.has_opened) ? 'open' : row.state
  const isExcluded =
    row.premium ||
    row.reserved ||
    row.suspect ||
    Boolean(row.blocked) ||
    !row.enabled ||
    row.price_minor === null
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    cycle: row.cycle,
    state,
    orderable:
      state === 'open' && Boolean(row.has_opened) && Boolean(row.before_cutoff) && !held && !isExcluded,
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
  if (row === undefined) throw listingNotFound(name)
  return toListingView(row)
}

export function listingNotFound(name: string): Refusal {
  return new Refusal('listing_not_found', `No listing of ${name}.`, { name })
}

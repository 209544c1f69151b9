import type { ListingState } from '@droplock/rules/machines/listing'
import type { AccountContext } from '../context.ts'

/** A listing as a reseller sees it: never who holds it, only whether it can be ordered now, and for how much. */
export type ListingView = {
  readonly id: string
  readonly name: string
  readonly zone: string
  readonly cycle: number
  readonly state: ListingState
  /** Whether an order placed now would be taken, the caller's balance apart. */
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

/** Listings with zone, the caller's price and the caller's own order, ready for `toListingView`. */
export function selectListings(ctx: AccountContext) {
  return ctx.db
    .selectFrom('listing')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .leftJoin('price', (join) =>
      join
        .onRef('price.zone', '=', 'listing.zone')
        .onRef('price.tier', '=', 'listing.tier')
        .on('price.currency', '=', ctx.actor.currency),
    )
    .leftJoin('backorder', 'backorder.id', 'listing.holder')
    .selectAll('listing')
    .select((eb) => [
      'zone.enabled',
      'price.amount_minor as price_minor',
      eb.val(ctx.actor.currency).as('currency'),
      eb('backorder.account_id', '=', ctx.actor.accountId).as('held_by_caller'),
      eb('listing.cutoff_at', '>', eb.fn<Date>('clock_timestamp', [])).as('before_cutoff'),
    ])
}

type ListingRow = Awaited<ReturnType<ReturnType<typeof selectListings>['execute']>>[number]

/** Leaves out what is not the caller's business, the holder's identity above all. */
export function toListingView(row: ListingRow): ListingView {
  const held = row.holder !== null
  const blocked = row.premium || row.reserved || row.suspect || !row.enabled || row.price_minor === null
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    cycle: row.cycle,
    state: row.state,
    orderable: row.state === 'open' && Boolean(row.before_cutoff) && !held && !blocked,
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

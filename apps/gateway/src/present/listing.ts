import type { ListingView } from '@droplock/core/listings/read'
import { presentMoney } from './money.ts'

export function presentListing(listing: ListingView) {
  const { priceMinor, currency } = listing
  return {
    name: listing.name,
    zone: listing.zone,
    cycle: listing.cycle,
    state: listing.state,
    orderable: listing.orderable,
    held: listing.held,
    held_by_you: listing.heldByYou,
    premium: listing.premium,
    reserved: listing.reserved,
    suspect: listing.suspect,
    ...(priceMinor !== null && { price: presentMoney(priceMinor, currency) }),
    opens_at: listing.opensAt.toISOString(),
    cutoff_at: listing.cutoffAt.toISOString(),
    drop_from: listing.dropFrom.toISOString(),
    drop_to: listing.dropTo.toISOString(),
  }
}

import type { WatchView } from '@droplock/core/watches'
import { presentListing } from './listing.ts'

export function presentWatch({ name, createdAt, listing }: WatchView) {
  return {
    name,
    created_at: createdAt.toISOString(),
    ...(listing !== null && { listing: presentListing(listing) }),
  }
}

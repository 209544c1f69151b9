import type { PlacementFacts } from '@droplock/rules/backorders'
import { sql, type Transaction } from 'kysely'
import { isRevoked, keyRevoked } from '../api-keys.ts'
import type { Database } from '../database/tables.gen.ts'
import { isBlocked } from '../is-blocked.ts'
import { isZoneFor } from '../is-zone-for.ts'
import type { LockedListing } from '../locks.ts'
import { isPriceOf } from '../prices/price-of.ts'
import { listingNotFound } from './read.ts'

/** The account that orders, and the API key of the request. */
type Caller = { readonly accountId: string; readonly currency: string; readonly keyId?: string }

/**
 * Zone, price and wall clock, read *after* the listing's lock: a locking query does not check the time again after its wait (tried:
 * an order 400 ms late was accepted). Zone and price are not locked: a change that commits after this read came after the order.
 * Throws Refusal: unauthenticated where the caller's key was revoked during the wait, listing_not_found in the sandbox of another account.
 */
export async function readTerms(
  tx: Transaction<Database>,
  listing: LockedListing,
  { accountId, currency, keyId }: Caller,
) {
  const terms = await tx
    .selectFrom('zone')
    .leftJoin('price_amount as price', (join) => join.on(isPriceOf(sql`${listing.price_rule_id}`, currency)))
    .leftJoin('backorder', (join) =>
      join
        .on('backorder.id', '=', listing.holder)
        .on('backorder.account_id', '=', accountId)
        .on('backorder.decided_at', 'is', null),
    )
    .select([
      'zone.enabled',
      isZoneFor(accountId).as('is_for_caller'),
      'price.amount_minor',
      'backorder.id as own_backorder_id',
      sql<Date>`clock_timestamp()`.as('now'),
      isBlocked(sql`${listing.name}`).as('blocked'),
      // In the same round trip. Without a key (a late payment is applied) there is nothing to check.
      (keyId === undefined ? sql<boolean>`false` : isRevoked(keyId)).as('key_revoked'),
    ])
    .where('zone.name', '=', listing.zone)
    .executeTakeFirstOrThrow()
  if (terms.key_revoked) throw keyRevoked()
  if (terms.is_for_caller !== true) throw listingNotFound(listing.name)
  return {
    zoneEnabled: terms.enabled,
    blocked: terms.blocked,
    priceMinor: terms.amount_minor ?? undefined,
    ownBackorderId: terms.own_backorder_id ?? undefined,
    now: terms.now,
  }
}

export type Terms = Awaited<ReturnType<typeof readTerms>>

/** The facts of a locked listing that `decidePlacement` needs. */
export function placementFacts(listing: LockedListing, terms: Terms): PlacementFacts {
  return {
    listingState: listing.state,
    zoneEnabled: terms.zoneEnabled,
    premium: listing.premium,
    reserved: listing.reserved,
    suspect: listing.suspect,
    blocked: terms.blocked,
    opensAt: listing.opens_at,
    cutoffAt: listing.cutoff_at,
    held: listing.holder !== null,
    ownBackorderId: terms.ownBackorderId,
    priced: terms.priceMinor !== undefined,
  }
}

import { decidePlacement, type PlacementFacts } from '@droplock/rules/backorders'
import { sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import { type PlaceBackorder, type Placed, placeBackorder } from './place.ts'

type Place = <Payment extends keyof Placed>(
  ctx: AccountContext,
  order: PlaceBackorder<Payment>,
) => Promise<Placed[Payment]>

/** What a name was like after an order for it was taken, but for whose it is. */
type Seen = Omit<PlacementFacts, 'ownBackorderId'> & {
  readonly now: Date
  readonly holder: { readonly accountId: string; readonly backorderId: string } | null
}

/**
 * `placeBackorder` for a process that serves many: orders for one name wait for each other here and not on the database's lock, one
 * connection each. When one of them has the name, those that waited read once together how it stands, and are refused by that; whom it
 * does not refuse orders as ever. Throws what `placeBackorder` throws.
 */
export function placeInTurn(): Place {
  const underWay = new Map<string, Promise<(() => Promise<Seen | undefined>) | undefined>>()
  return async (ctx, order) => {
    for (let before = underWay.get(order.name); before !== undefined; before = underWay.get(order.name)) {
      const seen = await (await before)?.()
      if (seen !== undefined) refuse(ctx, seen)
    }
    const { promise, resolve } = Promise.withResolvers<(() => Promise<Seen | undefined>) | undefined>()
    underWay.set(order.name, promise)
    try {
      const placed = await placeBackorder(ctx, order)
      let reading: Promise<Seen | undefined> | undefined
      resolve(() => (reading ??= look(ctx, order.name)))
      return placed
    } finally {
      underWay.delete(order.name)
      resolve(undefined)
    }
  }
}

function refuse({ actor }: AccountContext, { holder, now, ...facts }: Seen): void {
  const own = holder !== null && holder.accountId === actor.accountId ? holder.backorderId : undefined
  decidePlacement({ ...facts, ownBackorderId: own }, now)
}

/** How the newest cycle of a name stands, without a lock: enough to refuse by, and never to take it by. */
async function look(ctx: AccountContext, name: string): Promise<Seen | undefined> {
  const row = await ctx.db
    .selectFrom('listing')
    .innerJoin('zone', 'zone.name', 'listing.zone')
    .leftJoin('backorder', (join) =>
      join.onRef('backorder.id', '=', 'listing.holder').on('backorder.decided_at', 'is', null),
    )
    .selectAll('listing')
    .select([
      'zone.enabled',
      'backorder.id as backorder_id',
      'backorder.account_id',
      sql<Date>`clock_timestamp()`.as('now'),
    ])
    .where('listing.name', '=', name)
    .orderBy('listing.cycle', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { backorder_id: backorderId, account_id: accountId } = row
  return {
    listingState: row.state,
    zoneEnabled: row.enabled,
    premium: row.premium,
    reserved: row.reserved,
    suspect: row.suspect,
    opensAt: row.opens_at,
    cutoffAt: row.cutoff_at,
    held: row.holder !== null,
    // Each has its own currency: who is not refused by the rest finds out.
    priced: true,
    now: row.now,
    holder: backorderId === null || accountId === null ? null : { backorderId, accountId },
  }
}

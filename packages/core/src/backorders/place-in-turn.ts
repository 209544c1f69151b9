import { decidePlacement, type PlacementFacts } from '@droplock/rules/backorders'
import { sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import { isBlocked } from '../is-blocked.ts'
import { isListed } from '../is-listed.ts'
import { type PlaceBackorder, type Placed, placeBackorder } from './place.ts'

type Place = <Payment extends keyof Placed>(
  ctx: AccountContext,
  order: PlaceBackorder<Payment>,
) => Promise<Placed[Payment]>

/** The state of a name after an order for it was taken. */
type NameState = Omit<PlacementFacts, 'ownBackorderId'> & {
  readonly now: Date
  readonly holder: { readonly accountId: string; readonly backorderId: string } | null
}

/**
 * `placeBackorder` for a process with many requests: orders for one name wait for each other here, and not on the database's lock with
 * one connection each. When one of them has ended, those that waited read the name's state once, together, and are refused by it; an
 * order that it does not refuse is placed normally. Throws what `placeBackorder` throws.
 */
export function placeInTurn(): Place {
  const underWay = new Map<string, Promise<() => Promise<NameState | undefined>>>()
  return async (ctx, order) => {
    for (let before = underWay.get(order.name); before !== undefined; before = underWay.get(order.name)) {
      const readState = await before
      const state = await readState()
      if (state !== undefined) refuse(ctx, state)
    }
    const { promise, resolve } = Promise.withResolvers<() => Promise<NameState | undefined>>()
    underWay.set(order.name, promise)
    try {
      return await placeBackorder(ctx, order)
    } finally {
      underWay.delete(order.name)
      let reading: Promise<NameState | undefined> | undefined
      resolve(() => (reading ??= look(ctx, order.name)))
    }
  }
}

function refuse({ actor }: AccountContext, { holder, now, ...facts }: NameState): void {
  const own = holder !== null && holder.accountId === actor.accountId ? holder.backorderId : undefined
  decidePlacement({ ...facts, ownBackorderId: own }, now)
}

/** The state of a name's newest cycle, read without a lock: good for refusing an order, never for taking the name. */
async function look(ctx: AccountContext, name: string): Promise<NameState | undefined> {
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
      isBlocked(sql`listing.name`).as('blocked'),
      sql<Date>`clock_timestamp()`.as('now'),
    ])
    .where('listing.name', '=', name)
    .where(isListed())
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
    blocked: row.blocked,
    opensAt: row.opens_at,
    cutoffAt: row.cutoff_at,
    held: row.holder !== null,
    // Depends on the caller's currency: checked when the order is placed.
    priced: true,
    now: row.now,
    holder: backorderId === null || accountId === null ? null : { backorderId, accountId },
  }
}

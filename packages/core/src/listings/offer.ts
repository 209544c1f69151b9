import type { ListingState } from '@droplock/rules/machines/listing'
import { type RawBuilder, sql } from 'kysely'
import type { AccountContext } from '../context.ts'

/** What the indexes `listing_on_offer…` have: names that are open or will be. */
export const isOnOffer: RawBuilder<boolean> = sql<boolean>`listing.state in ('upcoming', 'open')`

type Asked = { readonly state: ListingState; readonly orderable?: boolean | undefined }

/**
 * The state as a condition. A name whose time to open has come is open, whether the sweep has said so or not. States are written out:
 * only then does the server see that an index of live listings has them. That the cut-off lies ahead is not said of an open name: it
 * is true of all but those of the last second, and the server would take it for one in five (ADR 18).
 */
export async function isInState(ctx: AccountContext, asked: Asked): Promise<RawBuilder<boolean>> {
  const { state, orderable } = asked
  if (state === 'open') return isOpen(ctx, orderable)
  if (orderable === true) return sql<boolean>`false`
  const isIn = sql<boolean>`listing.state = ${sql.lit(state)}`
  return state === 'upcoming'
    ? sql<boolean>`${isIn} and ${surely(sql`opens_at > statement_timestamp()`)}`
    : isIn
}

async function isOpen(ctx: AccountContext, orderable: boolean | undefined): Promise<RawBuilder<boolean>> {
  const isIn = sql<boolean>`${isOnOffer} and opens_at <= statement_timestamp()`
  if (orderable === undefined) return isIn
  const takes = takesOrders(ctx, await readClosedZones(ctx))
  return orderable ? sql<boolean>`${isIn} and ${takes}` : sql<boolean>`${isIn} and not (${takes})`
}

/** Whether an order for an open name would be accepted: the conditions of `decidePlacement`. */
function takesOrders({ actor }: AccountContext, closedZones: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`not premium and not reserved and not suspect and holder is null
    and ${surely(sql`cutoff_at > statement_timestamp()`)}
    and listing.zone <> all (${[...closedZones]}::text[])
    and coalesce((select true from price where price.zone = listing.zone and price.tier = listing.tier
      and currency = ${actor.currency}), false)`
}

/** Zones that take no orders, or have no price at all in the caller's currency. They are few. */
async function readClosedZones({ db, actor }: AccountContext): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from zone where not enabled or not exists (
      select from price where price.zone = zone.name and currency = ${actor.currency})`.execute(db)
  return rows.map(({ name }) => name)
}

/** A condition that is nearly always true, where the server would estimate otherwise: of this form it takes one half. */
function surely(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`case when ${condition} then true else false end`
}

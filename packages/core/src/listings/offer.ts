import type { ListingState } from '@droplock/rules/machines/listing'
import { type RawBuilder, sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import { isBlocked } from '../is-blocked.ts'

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
  const takes = takesOrders(await readTakers(ctx))
  return orderable ? sql<boolean>`${isIn} and ${takes}` : sql<boolean>`${isIn} and not (${takes})`
}

/** Whether an order for an open name would be accepted: the conditions of `decidePlacement`. */
function takesOrders(takers: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`not premium and not reserved and not suspect and holder is null
    and ${surely(sql`not ${isBlocked(sql`listing.name`)}`)}
    and ${surely(sql`cutoff_at > statement_timestamp()`)}
    and (listing.zone || ' ' || listing.tier) = any(${[...takers]}::text[])`
}

/**
 * Zones with tiers that take orders at a price in the caller's currency. Read first: a subquery for each name makes the server shun the
 * walk in the order of the page.
 */
async function readTakers({ db, actor }: AccountContext): Promise<readonly string[]> {
  const { rows } = await sql<{ taker: string }>`
    select zone.name || ' ' || tier as taker from zone join price on price.zone = zone.name
    where enabled and currency = ${actor.currency}`.execute(db)
  return rows.map(({ taker }) => taker)
}

/**
 * `isListed` for a search, from the lists that are being published now, which are few and read first for the same reason. A name of one
 * that begins meanwhile is left out where it is shown.
 */
export async function isListedNow({ db }: AccountContext): Promise<RawBuilder<boolean>> {
  const publishing = await db.selectFrom('sync_run').select('id').where('state', '=', 'publishing').execute()
  if (publishing.length === 0) return sql<boolean>`true`
  return sql<boolean>`(publication_id is null or publication_id <> all(${publishing.map(({ id }) => id)}::uuid[]))`
}

/** A condition that is nearly always true, where the server would estimate otherwise: of this form it takes one half. */
function surely(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`case when ${condition} then true else false end`
}

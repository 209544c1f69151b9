import type { ListingState } from '@droplock/rules/machines/listing'
import { amountMinorMax } from '@droplock/rules/money'
import { type RawBuilder, sql } from 'kysely'
import type { AccountContext } from '../context.ts'
import { isBlocked } from '../is-blocked.ts'
import { isPriceInForce, isPriceOf } from '../prices/price-of.ts'

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
function takesOrders({ zones, priced }: Takers): RawBuilder<boolean> {
  return sql<boolean>`not premium and not reserved and not suspect and holder is null
    and ${surely(sql`not ${isBlocked(sql`listing.name`)}`)}
    and ${surely(sql`cutoff_at > statement_timestamp()`)}
    and listing.zone = any(${[...zones]}::text[]) and ${priced}`
}

type Takers = {
  /** Zones that take orders. */
  readonly zones: readonly string[]
  /** Whether a listing has a price in the caller's currency. */
  readonly priced: RawBuilder<boolean>
}

/** More rules without a price are looked up name by name. */
const RULES_MAX = 1_000

/**
 * Zones that take orders, and the rules that have no price in the caller's currency, which are few. Read first: a subquery for each name
 * makes the server shun the walk in the order of the page.
 */
async function readTakers({ db, actor }: AccountContext): Promise<Takers> {
  const { rows } = await sql<{ zones: string[]; unpriced: string[] }>`
    select array(select name from zone where enabled) as zones, array(
      select id from price_rule as rule where in_force_since is not null
        and not exists (select from price_amount as price where ${isPriceOf(sql`rule.id`, actor.currency)})
      limit ${sql.lit(RULES_MAX + 1)}) as unpriced`.execute(db)
  const { zones = [], unpriced = [] } = rows[0] ?? {}
  const has = sql<boolean>`price_rule_id is not null`
  if (unpriced.length === 0) return { zones, priced: has }
  if (unpriced.length <= RULES_MAX)
    return { zones, priced: sql<boolean>`(${has} and price_rule_id <> all(${unpriced}::uuid[]))` }
  const isPriced = isPriceOf(sql`listing.price_rule_id`, actor.currency)
  return { zones, priced: sql<boolean>`exists (select from price_amount as price where ${isPriced})` }
}

type PriceRange = { readonly priceMinMinor?: bigint | undefined; readonly priceMaxMinor?: bigint | undefined }

/** Whether a listing has a price in this range, in the caller's currency: by its rules, or name by name where they are many. */
export async function isPricedAs(
  { db, actor }: AccountContext,
  { priceMinMinor, priceMaxMinor }: PriceRange,
): Promise<readonly RawBuilder<boolean>[]> {
  if (priceMinMinor === undefined && priceMaxMinor === undefined) return []
  const isWithin = sql<boolean>`price.currency = ${actor.currency} and ${isPriceInForce}
    and price.amount_minor between ${priceMinMinor ?? 0n}::bigint and ${priceMaxMinor ?? amountMinorMax}::bigint`
  const { rows } = await sql<{ id: string }>`
    select rule_id as id from price_amount as price where ${isWithin} limit ${sql.lit(RULES_MAX + 1)}`.execute(
    db,
  )
  if (rows.length <= RULES_MAX)
    return [sql<boolean>`price_rule_id = any(${rows.map(({ id }) => id)}::uuid[])`]
  return [
    sql<boolean>`exists (select from price_amount as price where price.rule_id = listing.price_rule_id and ${isWithin})`,
  ]
}

/**
 * Whether a listing is shown to the caller: `isListed`, from the lists that are being published now, and not of the sandbox of another
 * account. Both are few, and read first for the same reason; in a live database there are no sandboxes, and nothing is asked of a listing.
 * A name of a list whose publication begins meanwhile is left out where it is shown.
 */
export async function isShownTo({ db, actor }: AccountContext): Promise<RawBuilder<boolean>> {
  const { rows } = await sql<{ publishing: string[]; foreign: string[] }>`
    select array(select id from sync_run where state = 'publishing') as publishing, array(
      select name from zone where is_sandbox and sandbox_account_id is distinct from ${actor.accountId}::uuid) as foreign`.execute(
    db,
  )
  const { publishing = [], foreign = [] } = rows[0] ?? {}
  const isListedNow = sql<boolean>`(publication_id is null or publication_id <> all(${publishing}::uuid[]))`
  const isNotForeign = surely(sql`listing.zone <> all(${foreign}::text[])`)
  if (foreign.length === 0) return publishing.length === 0 ? sql<boolean>`true` : isListedNow
  return publishing.length === 0 ? isNotForeign : sql<boolean>`(${isListedNow} and ${isNotForeign})`
}

/**
 * A condition that is nearly always true, where the server would estimate otherwise: that an expression is not null, it takes for certain.
 * (Tried: as `case when … then true else false end` it takes one half, and with two of them reads all names that have a shape or a price
 * instead of walking to the first.) No index answers it either.
 */
export function surely(condition: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`nullif(${condition}, false) is not null`
}

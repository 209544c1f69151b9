import type { PriceKind } from '@droplock/rules/prices/match'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import { isPriceInForce } from './price-of.ts'

export type PriceListView = {
  readonly id: string
  readonly title: string
  readonly reason: string
  readonly madeBy: string
  readonly madeAt: Date
  readonly prices: number
}

/** What was done to prices, newest first. Throws Refusal('forbidden'). */
export async function listPriceLists(ctx: OperatorContext, query: Paging): Promise<Listed<PriceListView>> {
  requirePermission(ctx, 'console:read')
  const lists = ctx.db
    .selectFrom('price_list')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('price_amount')
        .whereRef('list_id', '=', 'price_list.id')
        .select(eb.fn.countAll().as('count'))
        .as('prices'),
    )
  return readListed(ctx.db, lists.orderBy('made_at', 'desc').orderBy('id', 'desc'), query, (list) => ({
    id: list.id,
    title: list.title,
    reason: list.reason,
    madeBy: list.made_by,
    madeAt: list.made_at,
    prices: Number(list.prices ?? 0),
  }))
}

export type PriceView = {
  readonly id: string
  readonly kind: PriceKind
  /** Null: all zones, or the one in the name. */
  readonly zone: string | null
  readonly match: string
  readonly currency: string
  /** Minor units; null: it ended the price before. */
  readonly amountMinor: bigint | null
  readonly startsAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly listId: string | null
}

type ListPrices = Paging & {
  readonly listId?: string | undefined
  readonly kind?: PriceKind | undefined
  readonly zone?: string | undefined
  readonly match?: string | undefined
  /** `future`: they have not started yet. */
  readonly when?: 'in_force' | 'future' | 'past' | undefined
}

/** Prices with their history, the last to start first. Throws Refusal('forbidden'). */
export async function listPrices(ctx: OperatorContext, query: ListPrices): Promise<Listed<PriceView>> {
  requirePermission(ctx, 'console:read')
  const { listId, kind, zone, match, when } = query
  let prices = ctx.db
    .selectFrom('price_amount')
    .innerJoin('price_rule', 'price_rule.id', 'price_amount.rule_id')
    .select(['price_amount.id', 'kind', 'zone', 'match', 'currency', 'amount_minor', 'list_id'])
    .select(['starts_at', 'started_at', 'ended_at'])
  if (listId !== undefined) prices = prices.where('list_id', '=', listId)
  if (kind !== undefined) prices = prices.where('kind', '=', kind)
  if (zone !== undefined) prices = prices.where('zone', '=', zone)
  if (match !== undefined) prices = prices.where('match', '=', match)
  if (when === 'in_force') prices = prices.where('started_at', 'is not', null).where('ended_at', 'is', null)
  if (when === 'future') prices = prices.where('started_at', 'is', null).where('ended_at', 'is', null)
  if (when === 'past') prices = prices.where('ended_at', 'is not', null)
  const ordered = prices.orderBy('starts_at', 'desc').orderBy('price_amount.id', 'desc')
  return readListed(ctx.db, ordered, query, (price) => ({
    id: price.id,
    kind: price.kind,
    zone: price.zone,
    match: price.match,
    currency: price.currency,
    amountMinor: price.amount_minor,
    startsAt: price.starts_at,
    startedAt: price.started_at,
    endedAt: price.ended_at,
    listId: price.list_id,
  }))
}

/** A rule that matches a name. */
export type MatchingRule = {
  readonly id: string
  readonly kind: PriceKind
  readonly zone: string | null
  readonly match: string
  readonly inForceSince: Date
  /** Whether the listing has its price now. */
  readonly decides: boolean
  readonly prices: readonly { readonly currency: string; readonly amountMinor: bigint }[]
}

/**
 * Why a name costs what it costs: the rules that match it, in their order. The first decides; while a list that has just started is being
 * written, another one may still do. Rule 27. Throws Refusal: forbidden, listing_not_found.
 */
export async function explainPrice(
  ctx: OperatorContext,
  listingId: string,
): Promise<readonly MatchingRule[]> {
  requirePermission(ctx, 'console:read')
  const listing = await ctx.db
    .selectFrom('listing')
    .select(['name', 'zone', 'tier', 'label', 'price_rule_id'])
    .where('id', '=', listingId)
    .executeTakeFirst()
  if (listing === undefined) throw new Refusal('listing_not_found', 'No such listing.', { id: listingId })
  const { name, zone, tier, label, price_rule_id: ruleId } = listing
  const { rows } = await sql<
    Omit<MatchingRule, 'decides' | 'prices'> & { prices: readonly { currency: string; amount: string }[] }
  >`
    select id, kind, zone, match, in_force_since as "inForceSince", coalesce((
      select jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount_minor::text) order by currency)
      from price_amount as price where rule_id = rule.id and ${isPriceInForce}), '[]') as prices
    from price_rule as rule
    where in_force_since is not null and case kind
      when 'name' then match = ${name}
      when 'tier' then match = ${tier} and (zone is null or zone = ${zone})
      else label_matches(rule, ${label}) and (zone is null or zone = ${zone}) end
    order by array_position(array['name', 'pattern', 'length', 'tier'], kind), zone is null, weight desc, in_force_since desc, id desc`.execute(
    ctx.db,
  )
  return rows.map((rule) => ({
    ...rule,
    decides: rule.id === ruleId,
    prices: rule.prices.map(({ currency, amount }) => ({ currency, amountMinor: BigInt(amount) })),
  }))
}

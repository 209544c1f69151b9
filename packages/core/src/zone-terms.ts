import { type ContactRole, isContactRole } from '@droplock/rules/contacts'
import type { PriceKind } from '@droplock/rules/prices/match'
import { Refusal } from '@droplock/rules/refusals'
import type { Release } from '@droplock/rules/schedule/release'
import { sql } from 'kysely'
import { type AccountContext, requireScope } from './context.ts'
import { type Page, requireCursor, toPage } from './database/page.ts'
import { isZoneFor } from './is-zone-for.ts'
import { isPriceInForce } from './prices/price-of.ts'

/** More rules than that are no price list that people read; each listing has its own price. */
const PRICES_MAX = 200

/** A line of a zone's price list, in the caller's currency. Minor units. */
type PriceLine = {
  readonly kind: Exclude<PriceKind, 'name'>
  /** The tier, or the pattern or the lengths as operators wrote them. */
  readonly match: string
  readonly priceMinor: bigint
}

/** What applies to the names of a zone, as resellers see it. Amounts in minor units, leads and lengths in seconds. */
export type ZoneTerms = {
  readonly zone: string
  readonly takesOrders: boolean
  readonly currency: string
  /** By precedence: the first that matches a name decides, unless the name has a price of its own. Rule 27. */
  readonly prices: readonly PriceLine[]
  /** For a year; null where names are not renewed in this currency. */
  readonly renewalPriceMinor: bigint | null
  readonly release: Release
  readonly dropTimeZone: string
  /** Local times, `HH:MM`. */
  readonly dropStartsAt: readonly string[]
  readonly dropLastsSeconds: number
  readonly cutoffLeadSeconds: number
  /** How long after its expiry a name can still be renewed. Days. */
  readonly lateRenewalDays: number
  readonly mayHavePremium: boolean
  readonly contactRoles: readonly ContactRole[]
}

/** The served zones by name. Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listZoneTerms(
  ctx: AccountContext,
  query: { readonly after?: string; readonly limit: number },
): Promise<Page<ZoneTerms>> {
  requireScope(ctx, 'listings:read')
  let select = selectZones(ctx)
    .orderBy('zone.name')
    .limit(query.limit + 1)
  if (query.after !== undefined) {
    await requireCursor(selectZones(ctx).where('zone.name', '=', query.after))
    select = select.where('zone.name', '>', query.after)
  }
  const zones = await select.execute()
  return toPage(
    zones.map((zone) => toZoneTerms(zone, ctx.actor.currency)),
    query.limit,
    ({ zone }) => zone,
  )
}

/** One zone, by its name in lower case. Throws Refusal: insufficient_scope, zone_not_found. */
export async function getZoneTerms(ctx: AccountContext, name: string): Promise<ZoneTerms> {
  requireScope(ctx, 'listings:read')
  const zone = await selectZones(ctx).where('zone.name', '=', name).executeTakeFirst()
  if (zone === undefined) throw new Refusal('zone_not_found', 'No such zone.', { zone: name })
  return toZoneTerms(zone, ctx.actor.currency)
}

type PriceRow = { readonly kind: PriceLine['kind']; readonly match: string; readonly amount: string }

function selectZones({ db, actor }: AccountContext) {
  return db
    .selectFrom('zone')
    .leftJoin('renewal_price', (join) =>
      join.onRef('renewal_price.zone', '=', 'zone.name').on('renewal_price.currency', '=', actor.currency),
    )
    .where(isZoneFor(actor.accountId))
    .select(['zone.name', 'enabled', 'release', 'drop_time_zone', 'drop_starts_at', 'drop_also_at'])
    .select([
      'drop_lasts_seconds',
      'cutoff_lead_seconds',
      'late_renewal_days',
      'may_have_premium',
      'contact_roles',
    ])
    .select([
      'renewal_price.per_year_minor',
      sql<readonly PriceRow[]>`coalesce((
        select jsonb_agg(jsonb_build_object('kind', kind, 'match', match, 'amount', amount_minor::text) order by place)
        from (
          select kind, match, amount_minor, row_number() over (
            order by array_position(array['pattern', 'length', 'tier'], kind), rule.zone is null, weight desc,
              in_force_since desc, rule.id desc) as place
          from price_rule as rule join price_amount as price on price.rule_id = rule.id
          where kind <> 'name' and in_force_since is not null and (rule.zone = zone.name or rule.zone is null)
            and price.currency = ${actor.currency} and ${isPriceInForce}
          order by place limit ${PRICES_MAX}) as line), '[]')`.as('prices'),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof selectZones>['execute']>>[number]

function toZoneTerms(row: Row, currency: string): ZoneTerms {
  return {
    zone: row.name,
    takesOrders: row.enabled,
    currency,
    prices: row.prices.map(({ kind, match, amount }) => ({ kind, match, priceMinor: BigInt(amount) })),
    renewalPriceMinor: row.per_year_minor,
    release: row.release,
    dropTimeZone: row.drop_time_zone,
    dropStartsAt: [row.drop_starts_at, ...row.drop_also_at].map((time) => time.slice(0, 'HH:MM'.length)),
    dropLastsSeconds: row.drop_lasts_seconds,
    cutoffLeadSeconds: row.cutoff_lead_seconds,
    lateRenewalDays: row.late_renewal_days,
    mayHavePremium: row.may_have_premium,
    contactRoles: row.contact_roles.filter(isContactRole),
  }
}

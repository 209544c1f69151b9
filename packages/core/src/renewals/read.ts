import type { RenewalFailure, RenewalState } from '@droplock/rules/machines/renewal'
import { Refusal } from '@droplock/rules/refusals'
import { decideRenewal, type RenewalTerms } from '@droplock/rules/renewals'
import { type Kysely, sql } from 'kysely'
import { type AccountContext, requireScope, type Whose } from '../context.ts'
import { type Page, requireCursor, toPage } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'
import { databaseTime } from '../database/time.ts'
import { isOwnOrder } from '../own-orders.ts'
import { zoneOfRegistration } from '../registrations/read.ts'

/** A renewal as its customer sees it. Amounts in minor units. */
export type RenewalView = {
  readonly id: string
  readonly registrationId: string
  readonly backorderId: string
  readonly name: string
  readonly state: RenewalState
  readonly years: number
  readonly priceMinor: bigint
  readonly currency: string
  /** The expiry date in the quote that was ordered. */
  readonly quotedExpiresAt: Date
  readonly newExpiresAt: Date | null
  readonly failureReason: RenewalFailure | null
  readonly createdAt: Date
  readonly payBy: Date | null
  readonly paidAt: Date | null
  readonly decidedAt: Date | null
}

/** The caller's renewals, ready for `toRenewalView`. */
export function selectRenewals(ctx: Whose) {
  return ctx.db
    .selectFrom('renewal')
    .innerJoin('registration', 'registration.id', 'renewal.registration_id')
    .selectAll('renewal')
    .select(['registration.backorder_id', 'registration.name'])
    .where('renewal.account_id', '=', ctx.actor.accountId)
    .where(isOwnOrder(ctx, sql.ref('registration.backorder_id')))
}

type RenewalRow = Awaited<ReturnType<ReturnType<typeof selectRenewals>['execute']>>[number]

export function toRenewalView(row: RenewalRow): RenewalView {
  return {
    id: row.id,
    registrationId: row.registration_id,
    backorderId: row.backorder_id,
    name: row.name,
    state: row.state,
    years: row.years,
    priceMinor: row.price_minor,
    currency: row.currency,
    quotedExpiresAt: row.quoted_expires_at,
    newExpiresAt: row.new_expires_at,
    failureReason: row.failure_reason,
    createdAt: row.created_at,
    payBy: row.pay_by,
    paidAt: row.paid_at,
    decidedAt: row.decided_at,
  }
}

/** One of the caller's renewals. Throws Refusal: insufficient_scope, renewal_not_found. */
export async function getRenewal(ctx: AccountContext, id: string): Promise<RenewalView> {
  requireScope(ctx, 'registrations:read')
  const row = await selectRenewals(ctx).where('renewal.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('renewal_not_found', 'No such renewal.', { id })
  return toRenewalView(row)
}

export type ListRenewals = {
  readonly registrationId?: string
  readonly state?: RenewalState
  /** `id` of the last renewal of the previous page. */
  readonly after?: string
  readonly limit: number
}

/** The caller's renewals, newest first (ids are UUIDv7). Throws Refusal: insufficient_scope, invalid_cursor. */
export async function listRenewals(ctx: AccountContext, query: ListRenewals): Promise<Page<RenewalView>> {
  requireScope(ctx, 'registrations:read')
  let select = selectRenewals(ctx)
    .orderBy('renewal.id', 'desc')
    .limit(query.limit + 1)
  if (query.registrationId !== undefined)
    select = select.where('renewal.registration_id', '=', query.registrationId)
  if (query.state !== undefined) select = select.where('renewal.state', '=', query.state)
  if (query.after !== undefined) {
    await requireCursor(selectRenewals(ctx).where('renewal.id', '=', query.after))
    select = select.where('renewal.id', '<', query.after)
  }
  const rows = await select.execute()
  return toPage(rows.map(toRenewalView), query.limit, (renewal) => renewal.id)
}

/** Price and result of a renewal; amounts in minor units. Not binding: an order is checked again. */
export type RenewalQuote = {
  readonly registrationId: string
  readonly backorderId: string
  readonly name: string
  readonly years: number
  readonly priceMinor: bigint
  readonly currency: string
  readonly expiresAt: Date
  readonly newExpiresAt: Date
  /** Valid until then, unless price or expiry change before. */
  readonly validUntil: Date
}

/**
 * Quotes the renewal of a registration of the caller's. Throws Refusal: insufficient_scope, registration_not_found, registration_ended,
 * registration_expired, renewal_too_long, price_unavailable, renewal_pending.
 */
export async function quoteRenewal(
  ctx: AccountContext,
  { registrationId, years }: { readonly registrationId: string; readonly years: number },
): Promise<RenewalQuote> {
  requireScope(ctx, 'registrations:read')
  const { currency } = ctx.actor
  const { backorderId, name } = await findRenewable(ctx, registrationId)
  const { now: _, ...terms } = await readRenewalTerms(ctx.db, { registrationId, currency, years })
  return { registrationId, backorderId, name, years, currency, ...terms }
}

type RenewalFactsRow = {
  readonly expiresAt: Date
  readonly renewableUntil: Date
  readonly perYearMinor: bigint | null
  readonly hasLiveRenewal: boolean
}

type ReadTerms = { readonly registrationId: string; readonly currency: string; readonly years: number }

/**
 * The current terms of a renewal, by the database's clock, which is read last. Under the registration's lock they stay true until the
 * commit. Throws what `decideRenewal` does.
 */
export async function readRenewalTerms(
  db: Kysely<Database>,
  { registrationId, currency, years }: ReadTerms,
): Promise<RenewalTerms & { readonly now: Date }> {
  const { rows } = await sql<RenewalFactsRow>`
    select expires_at as "expiresAt", per_year_minor as "perYearMinor",
      coalesce(renewable_until, greatest(expires_at, statement_timestamp()) + make_interval(days => late_renewal_days)) as "renewableUntil",
      exists (select from renewal where registration_id = registration.id
        and state in ('pending_payment', 'paid', 'renewing')) as "hasLiveRenewal"
    from registration join zone on zone.name = ${zoneOfRegistration}
      left join renewal_price on renewal_price.zone = zone.name and renewal_price.currency = ${currency}
    where registration.id = ${registrationId}`.execute(db)
  const facts = rows[0]
  if (facts === undefined) throw new Error(`no registration ${registrationId}`)
  const now = await databaseTime(db)
  const terms = decideRenewal({ ...facts, years, perYearMinor: facts.perYearMinor ?? undefined }, now)
  return { ...terms, now }
}

/** A registration of the caller's that can be renewed. */
type Renewable = { readonly registrationId: string; readonly backorderId: string; readonly name: string }

/** Finds a registration of the caller's that has not ended. Throws Refusal: registration_not_found, registration_ended. */
export async function findRenewable(ctx: AccountContext, registrationId: string): Promise<Renewable> {
  const found = await ctx.db
    .selectFrom('registration')
    .select(['id', 'backorder_id', 'name', 'ended_at'])
    .where('id', '=', registrationId)
    .where('account_id', '=', ctx.actor.accountId)
    .where(isOwnOrder(ctx, sql.ref('registration.backorder_id')))
    .executeTakeFirst()
  if (found === undefined)
    throw new Refusal('registration_not_found', 'No such registration.', { id: registrationId })
  if (found.ended_at !== null)
    throw new Refusal('registration_ended', 'This name is no longer registered here.')
  return { registrationId, backorderId: found.backorder_id, name: found.name }
}

import type { BackorderState, ExpiredReason, FailureReason } from '@droplock/rules/machines/backorder'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'

/** A backorder as an operator sees it. */
export type CaseView = {
  readonly id: string
  readonly listingId: string
  readonly name: string
  readonly zone: string
  readonly accountId: string
  readonly accountName: string
  readonly state: BackorderState
  readonly priceMinor: bigint
  readonly currency: string
  readonly createdAt: Date
  readonly securedAt: Date | null
  readonly decidedAt: Date | null
  readonly settledAt: Date | null
  readonly failureReason: FailureReason | null
  readonly expiredReason: ExpiredReason | null
  readonly cutoffAt: Date
  readonly dropFrom: Date
  readonly dropTo: Date
}

export type ListCases = Paging & {
  readonly sort?: Sorting<'createdAt' | 'name' | 'state' | 'dropFrom' | 'price' | 'decidedAt'>
  /** A part of the name. */
  readonly q?: string
  readonly state?: BackorderState
  readonly failureReason?: FailureReason
  readonly accountId?: string
  readonly zone?: string
  /** Windows that overlap [from, to]. */
  readonly from?: Date
  readonly to?: Date
}

const columns = {
  createdAt: 'backorder.created_at',
  name: 'backorder.name',
  state: 'backorder.state',
  dropFrom: 'listing.drop_from',
  price: 'backorder.price_minor',
  decidedAt: 'backorder.decided_at',
} as const

/** Backorders of all customers, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listCases(ctx: StaffContext, query: ListCases): Promise<Listed<CaseView>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'createdAt', order: 'desc' }
  const matching = filtered(ctx, query)
  const rows = await withColumns(matching)
    .orderBy(columns[sort.field], sort.order)
    .orderBy('backorder.id', sort.order)
    .limit(query.limit)
    .offset(query.offset)
    .execute()
  const { total } = await matching
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(toCaseView), total: Number(total) }
}

function filtered(ctx: StaffContext, query: ListCases) {
  let matching = selectCases(ctx)
  if (query.q !== undefined) matching = matching.where('backorder.name', 'like', `%${escapeLike(query.q)}%`)
  if (query.state !== undefined) matching = matching.where('backorder.state', '=', query.state)
  if (query.failureReason !== undefined) {
    matching = matching.where('backorder.failure_reason', '=', query.failureReason)
  }
  if (query.accountId !== undefined) matching = matching.where('backorder.account_id', '=', query.accountId)
  if (query.zone !== undefined) matching = matching.where('listing.zone', '=', query.zone)
  if (query.from !== undefined) matching = matching.where('listing.drop_to', '>=', query.from)
  if (query.to !== undefined) matching = matching.where('listing.drop_from', '<=', query.to)
  return matching
}

export function selectCases(ctx: StaffContext) {
  return ctx.db
    .selectFrom('backorder')
    .innerJoin('listing', 'listing.id', 'backorder.listing_id')
    .innerJoin('account', 'account.id', 'backorder.account_id')
}

export function withColumns(cases: ReturnType<typeof selectCases>) {
  return cases
    .selectAll('backorder')
    .select([
      'listing.zone',
      'listing.cutoff_at',
      'listing.drop_from',
      'listing.drop_to',
      'account.name as account_name',
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof withColumns>['execute']>>[number]

export function toCaseView(row: Row): CaseView {
  return {
    id: row.id,
    listingId: row.listing_id,
    name: row.name,
    zone: row.zone,
    accountId: row.account_id,
    accountName: row.account_name,
    state: row.state,
    priceMinor: row.price_minor,
    currency: row.currency,
    createdAt: row.created_at,
    securedAt: row.secured_at,
    decidedAt: row.decided_at,
    settledAt: row.settled_at,
    failureReason: row.failure_reason,
    expiredReason: row.expired_reason,
    cutoffAt: row.cutoff_at,
    dropFrom: row.drop_from,
    dropTo: row.drop_to,
  }
}

import type { BackorderState, FailureReason } from '@droplock/rules/machines/backorder'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type CaseView, selectCases, toCaseView, withColumns } from './case-view.ts'

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
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('backorder.id', sort.order)
  return readListed(sorted, query, toCaseView)
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

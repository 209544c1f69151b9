import type { RefundCause, RefundState } from '@droplock/rules/machines/refund'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type RefundRow, selectRefunds, toRefundRow, withColumns } from './refund-view.ts'

export type ListRefunds = Paging & {
  readonly sort?: Sorting<'createdAt' | 'amount' | 'state' | 'name'>
  readonly state?: RefundState
  readonly cause?: RefundCause
  /** A part of the domain name. */
  readonly q?: string
  readonly backorderId?: string
  readonly paymentId?: string
  readonly accountId?: string
}

const nameOf = sql<string | null>`coalesce(backorder.name, registration.name)`

const columns = {
  createdAt: 'refund.created_at',
  amount: 'refund.amount_minor',
  state: 'refund.state',
  name: nameOf,
} as const

/** Refunds, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listRefunds(ctx: StaffContext, query: ListRefunds): Promise<Listed<RefundRow>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'createdAt', order: 'desc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('refund.id', sort.order)
  return readListed(sorted, query, toRefundRow)
}

function filtered(ctx: StaffContext, query: ListRefunds) {
  let matching = selectRefunds(ctx)
  if (query.state !== undefined) matching = matching.where('refund.state', '=', query.state)
  if (query.cause !== undefined) matching = matching.where('refund.cause', '=', query.cause)
  if (query.backorderId !== undefined) matching = matching.where('backorder.id', '=', query.backorderId)
  if (query.paymentId !== undefined) matching = matching.where('refund.payment_id', '=', query.paymentId)
  if (query.accountId !== undefined) matching = matching.where('payment.account_id', '=', query.accountId)
  if (query.q !== undefined) matching = matching.where(nameOf, 'like', `%${escapeLike(query.q)}%`)
  return matching
}

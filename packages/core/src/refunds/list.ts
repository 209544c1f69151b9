import type { RefundCause, RefundState } from '@droplock/rules/machines/refund'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { type RefundRow, selectRefunds, toRefundRow, withColumns } from './refund-view.ts'

export type ListRefunds = Paging & {
  readonly sort?: Sorting<'createdAt' | 'amount' | 'state' | 'name'>
  readonly state?: RefundState
  readonly cause?: RefundCause
  /** A part of the domain name. */
  readonly q?: string
  readonly backorderId?: string
}

const columns = {
  createdAt: 'refund.created_at',
  amount: 'refund.amount_minor',
  state: 'refund.state',
  name: 'backorder.name',
} as const

/** Refunds, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listRefunds(ctx: StaffContext, query: ListRefunds): Promise<Listed<RefundRow>> {
  requirePermission(ctx, 'console:read')
  const sort = query.sort ?? { field: 'createdAt', order: 'desc' }
  const matching = filtered(ctx, query)
  const rows = await withColumns(matching)
    .orderBy(columns[sort.field], sort.order)
    .orderBy('refund.id', sort.order)
    .limit(query.limit)
    .offset(query.offset)
    .execute()
  const { total } = await matching
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow()
  return { items: rows.map(toRefundRow), total: Number(total) }
}

function filtered(ctx: StaffContext, query: ListRefunds) {
  let matching = selectRefunds(ctx)
  if (query.state !== undefined) matching = matching.where('refund.state', '=', query.state)
  if (query.cause !== undefined) matching = matching.where('refund.cause', '=', query.cause)
  if (query.backorderId !== undefined) matching = matching.where('backorder.id', '=', query.backorderId)
  if (query.q !== undefined) matching = matching.where('backorder.name', 'like', `%${escapeLike(query.q)}%`)
  return matching
}

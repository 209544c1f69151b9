import type { PaymentState } from '@droplock/rules/machines/payment'
import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type PaymentRow, selectPayments, toPaymentRow, withColumns } from './case-view.ts'

export type ListPaymentCases = Paging & {
  readonly sort?: Sorting<'createdAt' | 'amount' | 'state'>
  readonly state?: PaymentState
  readonly method?: 'balance' | 'card'
  readonly accountId?: string
  /** A part of the domain name, or a whole id: ours, the provider's, or that of a dispute or refund at the provider. */
  readonly q?: string
}

const columns = {
  createdAt: 'payment.created_at',
  amount: 'payment.amount_minor',
  state: 'payment.state',
} as const

/** Payments of all customers, newest first unless asked otherwise. Throws Refusal('forbidden'). */
export async function listPaymentCases(
  ctx: StaffContext,
  query: ListPaymentCases,
): Promise<Listed<PaymentRow>> {
  requirePermission(ctx, 'money:read')
  const sort = query.sort ?? { field: 'createdAt', order: 'desc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('payment.id', sort.order)
  return readListed(sorted, query, toPaymentRow)
}

function filtered(ctx: StaffContext, { state, method, accountId, q }: ListPaymentCases) {
  let matching = selectPayments(ctx)
  if (state !== undefined) matching = matching.where('payment.state', '=', state)
  if (method !== undefined) matching = matching.where('payment.method', '=', method)
  if (accountId !== undefined) matching = matching.where('payment.account_id', '=', accountId)
  if (q === undefined) return matching
  const part = `%${escapeLike(q)}%`
  return matching.where(
    sql<boolean>`(backorder.name like ${part} or listing.name like ${part} or registration.name like ${part}
      or payment.provider_id = ${q}
      or payment.id::text = ${q.toLowerCase()}
      or exists (select from dispute where payment_id = payment.id and provider_dispute_id = ${q})
      or exists (select from refund where payment_id = payment.id and provider_refund_id = ${q}))`,
  )
}

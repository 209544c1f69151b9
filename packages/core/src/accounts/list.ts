import { type OperatorContext, requirePermission } from '../context.ts'
import { escapeLike } from '../database/like.ts'
import type { Listed, Paging, Sorting } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { type AccountRow, selectAccounts, toAccountRow, withColumns } from './account-view.ts'

export type ListAccounts = Paging & {
  readonly sort?: Sorting<'name' | 'balance' | 'createdAt'>
  /** A part of the account's name. */
  readonly q?: string
  readonly currency?: string
  /** Only those that owe, or only those that do not. */
  readonly owing?: boolean
}

const columns = {
  name: 'account.name',
  balance: 'account.balance_minor',
  createdAt: 'account.created_at',
} as const

/** Customers' accounts, by name unless asked otherwise. Throws Refusal('forbidden'). */
export async function listAccounts(ctx: OperatorContext, query: ListAccounts): Promise<Listed<AccountRow>> {
  requirePermission(ctx, 'money:read')
  const sort = query.sort ?? { field: 'name', order: 'asc' }
  const sorted = withColumns(filtered(ctx, query))
    .orderBy(columns[sort.field], sort.order)
    .orderBy('account.id', sort.order)
  return readListed(sorted, query, toAccountRow)
}

function filtered(ctx: OperatorContext, { q, currency, owing }: ListAccounts) {
  let matching = selectAccounts(ctx)
  if (q !== undefined) matching = matching.where('account.name', 'ilike', `%${escapeLike(q)}%`)
  if (currency !== undefined) matching = matching.where('account.currency', '=', currency)
  if (owing !== undefined) matching = matching.where('account.balance_minor', owing ? '<' : '>=', 0n)
  return matching
}

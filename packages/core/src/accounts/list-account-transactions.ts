import { requirePermission, type StaffContext } from '../context.ts'
import type { Listed, Paging } from '../database/listed.ts'
import { readListed } from '../database/read-listed.ts'
import { getAccount } from './get.ts'
import type { Period } from './read-statement.ts'
import { selectTransactions, type Transaction, toTransaction } from './transaction-view.ts'

export type ListAccountTransactions = Paging & Partial<Period> & { readonly accountId: string }

/** The lines of a customer's statement, newest first. Throws Refusal: forbidden, account_not_found. */
export async function listAccountTransactions(
  ctx: StaffContext,
  { accountId, from, to, ...page }: ListAccountTransactions,
): Promise<Listed<Transaction>> {
  requirePermission(ctx, 'money:read')
  const { id } = await getAccount(ctx, accountId)
  let lines = selectTransactions(ctx.db, id)
  if (from !== undefined) lines = lines.where('posted_at', '>=', from)
  if (to !== undefined) lines = lines.where('posted_at', '<', to)
  const sorted = lines
    .orderBy('posted_at', 'desc')
    .orderBy('posting.cause_id', 'desc')
    .orderBy('posting.line')
  return readListed(sorted, page, toTransaction)
}

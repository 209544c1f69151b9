import { Refusal } from '@droplock/rules/refusals'
import { requirePermission, type StaffContext } from '../context.ts'
import { type AccountRow, selectAccounts, toAccountRow, withColumns } from './account-view.ts'

/** One customer's account, read in one snapshot. Throws Refusal: forbidden, account_not_found. */
export async function getAccount(ctx: StaffContext, id: string): Promise<AccountRow> {
  requirePermission(ctx, 'money:read')
  const row = await withColumns(selectAccounts(ctx)).where('account.id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Refusal('account_not_found', 'No such account.', { id })
  return toAccountRow(row)
}

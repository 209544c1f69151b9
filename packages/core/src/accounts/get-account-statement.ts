import { requirePermission, type StaffContext } from '../context.ts'
import { getAccount } from './get.ts'
import { type Period, readStatement, type Statement } from './read-statement.ts'

/** A customer's account over a period. Throws Refusal: forbidden, account_not_found, invalid_period. */
export async function getAccountStatement(ctx: StaffContext, id: string, period: Period): Promise<Statement> {
  requirePermission(ctx, 'money:read')
  const { currency } = await getAccount(ctx, id)
  return readStatement(ctx.db, { accountId: id, currency }, period)
}

import { type AccountContext, requireScope } from '../context.ts'
import { type Period, readStatement, type Statement } from './read-statement.ts'

/** The caller's account over a period. Throws Refusal: insufficient_scope, invalid_period. */
export async function getStatement(ctx: AccountContext, period: Period): Promise<Statement> {
  requireScope(ctx, 'balance:read')
  return readStatement(ctx.db, ctx.actor, period)
}

import { sql } from 'kysely'
import { requirePermission, type StaffContext } from '../context.ts'

export type RefundLimit = {
  readonly currency: string
  readonly aloneMinor: bigint
  readonly grantAloneMinor: bigint
}

/** Up to how much of one payment finance refunds alone, for each currency that is sold in. Throws Refusal('forbidden'). */
export async function listRefundLimits(ctx: StaffContext): Promise<readonly RefundLimit[]> {
  requirePermission(ctx, 'money:read')
  const { rows } = await sql<RefundLimit>`
    select currency, coalesce(alone_minor, 0) as "aloneMinor", coalesce(grant_alone_minor, 0) as "grantAloneMinor"
    from (select currency from refund_limit union select currency from account union select currency from price) as used
      left join refund_limit using (currency) order by currency`.execute(ctx.db)
  return rows
}

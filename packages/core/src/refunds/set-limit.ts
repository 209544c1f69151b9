import { amountMinorMax } from '@droplock/rules/money'
import { Refusal } from '@droplock/rules/refusals'
import { changeWithAudit } from '../audit/change.ts'
import type { StaffContext } from '../context.ts'

type SetRefundLimit = {
  readonly currency: string
  /** The single-approver limit of one payment, minor units; 0: every refund needs two people. */
  readonly aloneMinor: bigint
  /** How much balance and credit one person may give in 24 hours, minor units. Left out, it stays. */
  readonly grantAloneMinor?: bigint
  readonly reason: string
}

/**
 * Sets how much of one payment finance may refund by one person's decision. Refunds made under another limit stay as they are. Throws
 * Refusal: forbidden, reason_required, amount_out_of_range, try_again.
 */
export async function setRefundLimit(ctx: StaffContext, command: SetRefundLimit): Promise<void> {
  const { currency, aloneMinor, grantAloneMinor, reason } = command
  const change = { permission: 'limits:set', subject: ['refund_limit', currency], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    if ([aloneMinor, grantAloneMinor ?? 0n].some((minor) => minor < 0n || minor > amountMinorMax)) {
      throw new Refusal('amount_out_of_range', 'A limit is 0 or more.', { min_minor: 0 })
    }
    const before = (await tx
      .selectFrom('refund_limit')
      .select(['alone_minor', 'grant_alone_minor'])
      .where('currency', '=', currency)
      .forUpdate()
      .executeTakeFirst()) ?? { alone_minor: 0n, grant_alone_minor: 0n }
    const limits = {
      alone_minor: aloneMinor,
      grant_alone_minor: grantAloneMinor ?? before.grant_alone_minor,
    }
    await tx
      .insertInto('refund_limit')
      .values({ currency, ...limits })
      .onConflict((conflict) => conflict.column('currency').doUpdateSet(limits))
      .execute()
    return { action: 'refund_limit.set', before, after: { currency, ...limits } }
  })
}

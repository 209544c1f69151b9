import { amountMinorMax } from '@droplock/rules/money/money'
import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

export type SetRefundLimit = {
  readonly currency: string
  /** Minor units; 0: nobody refunds alone in this currency. */
  readonly aloneMinor: bigint
  readonly reason: string
}

/**
 * Sets up to how much of one payment finance refunds alone. Refunds made under another
 * limit stay as they are. Throws
 * Refusal: forbidden, reason_required, amount_out_of_range, try_again.
 */
export async function setRefundLimit(ctx: StaffContext, command: SetRefundLimit): Promise<void> {
  requirePermission(ctx, 'limits:set')
  const reason = requireReason(command.reason)
  const { currency, aloneMinor } = command
  if (aloneMinor < 0n || aloneMinor > amountMinorMax) {
    throw new Refusal('amount_out_of_range', 'A limit is an amount from 0.', { min_minor: 0 })
  }
  await inTransaction(ctx.db, async (tx) => {
    const known = await tx
      .selectFrom('refund_limit')
      .select('alone_minor')
      .where('currency', '=', currency)
      .forUpdate()
      .executeTakeFirst()
    await tx
      .insertInto('refund_limit')
      .values({ currency, alone_minor: aloneMinor })
      .onConflict((conflict) => conflict.column('currency').doUpdateSet({ alone_minor: aloneMinor }))
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund_limit.set',
      subjectType: 'refund_limit',
      subjectId: currency,
      reason,
      before: { alone_minor: known?.alone_minor ?? 0n },
      after: { currency, alone_minor: aloneMinor },
    })
  })
}

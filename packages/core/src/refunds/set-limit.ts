import { amountMinorMax } from '@droplock/rules/money'
import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'

type SetRefundLimit = {
  readonly currency: string
  /** Minor units; 0: nobody refunds alone in this currency. */
  readonly aloneMinor: bigint
  /** How much balance and credit one person gives alone in 24 hours, minor units. Left out, it stays. */
  readonly grantAloneMinor?: bigint
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
  const { currency, aloneMinor, grantAloneMinor } = command
  if ([aloneMinor, grantAloneMinor ?? 0n].some((minor) => minor < 0n || minor > amountMinorMax)) {
    throw new Refusal('amount_out_of_range', 'A limit is an amount from 0.', { min_minor: 0 })
  }
  await inTransaction(ctx.db, async (tx) => {
    const known = await tx
      .selectFrom('refund_limit')
      .select(['alone_minor', 'grant_alone_minor'])
      .where('currency', '=', currency)
      .forUpdate()
      .executeTakeFirst()
    const grant_alone_minor = grantAloneMinor ?? known?.grant_alone_minor ?? 0n
    const limits = { alone_minor: aloneMinor, grant_alone_minor }
    await tx
      .insertInto('refund_limit')
      .values({ currency, ...limits })
      .onConflict((conflict) => conflict.column('currency').doUpdateSet(limits))
      .execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'refund_limit.set',
      subjectType: 'refund_limit',
      subjectId: currency,
      reason,
      before: { alone_minor: known?.alone_minor ?? 0n, grant_alone_minor: known?.grant_alone_minor ?? 0n },
      after: { currency, ...limits },
    })
  })
}

import { decideHoldLimits, type HoldLimits } from '@droplock/rules/accounts'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'

type SetHoldLimits = HoldLimits & { readonly accountId: string; readonly reason: string }

/**
 * Sets how many unpaid holds an account may have at once. Holds beyond a lower limit run out by themselves; no new one is
 * taken meanwhile. Throws Refusal: forbidden, reason_required, hold_limits_out_of_range, account_not_found, try_again.
 */
export async function setHoldLimits(ctx: StaffContext, command: SetHoldLimits): Promise<void> {
  requirePermission(ctx, 'holds:set')
  const reason = requireReason(command.reason)
  decideHoldLimits(command)
  const { accountId, beforePaid, afterPaid } = command
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, accountId)
    const after = { open_holds_max_before_paid: beforePaid, open_holds_max: afterPaid }
    await tx.updateTable('account').set(after).where('id', '=', accountId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'account.hold_limits_set',
      subjectType: 'account',
      subjectId: accountId,
      reason,
      before: {
        open_holds_max_before_paid: account.open_holds_max_before_paid,
        open_holds_max: account.open_holds_max,
      },
      after: { name: account.name, ...after },
    })
  })
}

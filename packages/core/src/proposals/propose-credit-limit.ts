import { lockNamedAccount } from '../accounts/lock.ts'
import { checkCreditLimit, type SetCreditLimit } from '../accounts/set-credit-limit.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { insertProposal } from './internal.ts'

/**
 * Proposes a credit limit that one person may not set alone; another person decides. Returns the proposal's id. Throws Refusal:
 * forbidden, reason_required, account_not_found, amount_out_of_range, proposal_open, try_again.
 */
export async function proposeCreditLimit(ctx: StaffContext, command: SetCreditLimit): Promise<string> {
  requirePermission(ctx, 'credit:set')
  const reason = requireReason(command.reason)
  checkCreditLimit(command.limitMinor)
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, command.accountId)
    return insertProposal(tx, ctx, {
      kind: 'credit_limit',
      subject: account.id,
      terms: {
        account_name: account.name,
        limit_minor: command.limitMinor.toString(),
        limit_before_minor: account.credit_limit_minor.toString(),
        currency: account.currency,
      },
      reason,
    })
  })
}

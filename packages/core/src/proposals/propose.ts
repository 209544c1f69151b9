import { checkCreditLimit, type SetCreditLimit } from '../accounts/set-credit-limit.ts'
import { checkTransfer, type RecordBankTransfer } from '../bank-transfers/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'
import { insertProposal } from './internal.ts'

/**
 * Proposes to credit a bank transfer beyond what one person may grant; another person decides, and no money moves before. Returns the
 * proposal's id. Throws Refusal: forbidden, reason_required, amount_out_of_range, bank_reference_invalid,
 * account_not_found, currency_mismatch, bank_reference_known, proposal_open, try_again.
 */
export async function proposeBankTransfer(ctx: StaffContext, command: RecordBankTransfer): Promise<string> {
  requirePermission(ctx, 'transfers:record')
  const reason = requireReason(command.note)
  return inTransaction(ctx.db, async (tx) => {
    const { account, bankReference } = await checkTransfer(tx, command)
    return insertProposal(tx, ctx, {
      kind: 'bank_transfer',
      subject: bankReference,
      terms: {
        account_id: account.id,
        account_name: account.name,
        amount_minor: command.amountMinor.toString(),
        currency: command.currency,
        bank_reference: bankReference,
      },
      reason,
    })
  })
}

/**
 * Proposes a credit limit beyond what one person may grant; another person decides. Returns the proposal's id. Throws Refusal:
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

import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from './lock.ts'

export type RenameAccount = { readonly accountId: string; readonly name: string; readonly reason: string }

/**
 * Gives a reseller's account another name. Invoices keep what they were issued with. Doing it again changes nothing. Throws Refusal:
 * forbidden, reason_required, account_not_found, try_again.
 */
export async function renameAccount(ctx: OperatorContext, command: RenameAccount): Promise<void> {
  requirePermission(ctx, 'resellers:manage')
  const reason = requireReason(command.reason)
  const { accountId, name } = command
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, accountId)
    if (account.name === name) return
    await tx.updateTable('account').set({ name }).where('id', '=', accountId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'account.renamed',
      subjectType: 'account',
      subjectId: accountId,
      reason,
      before: { name: account.name },
      after: { name },
    })
  })
}

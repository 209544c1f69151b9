import { notifyKeysChanged } from '../api-keys.ts'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'

type OpenAccount = {
  readonly name: string
  /** ISO 4217. An account has one currency, for ever. */
  readonly currency: string
}

/** Opens a reseller's account with an empty balance. Returns its id. Throws Refusal('forbidden'). */
export async function openAccount(ctx: OperatorContext, { name, currency }: OpenAccount): Promise<string> {
  requirePermission(ctx, 'resellers:manage')
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    await tx.insertInto('account').values({ id, name, currency }).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'account.opened',
      subjectType: 'account',
      subjectId: id,
      after: { name, currency },
    })
  })
  return id
}

type RenameAccount = { readonly accountId: string; readonly name: string; readonly reason: string }

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

type SwitchAccount = {
  readonly accountId: string
  readonly enabled: boolean
  readonly reason: string
}

/**
 * Shuts a reseller out, or lets it in again: while its account is disabled, every gateway refuses all of its keys at once. Nothing else
 * changes: its orders are caught or refunded as ever (rule 6). Doing it again changes nothing. Throws Refusal: forbidden,
 * reason_required, account_not_found, try_again.
 */
export async function switchAccount(ctx: OperatorContext, command: SwitchAccount): Promise<void> {
  requirePermission(ctx, 'resellers:manage')
  const reason = requireReason(command.reason)
  const { accountId, enabled } = command
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockNamedAccount(tx, accountId)
    if ((account.disabled_at === null) === enabled) return
    const disabledAt = enabled ? null : await databaseTime(tx)
    await tx.updateTable('account').set({ disabled_at: disabledAt }).where('id', '=', accountId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: enabled ? 'account.enabled' : 'account.disabled',
      subjectType: 'account',
      subjectId: accountId,
      reason,
      before: { disabled_at: account.disabled_at },
      after: { name: account.name, disabled_at: disabledAt },
    })
    await notifyKeysChanged(tx)
  })
}

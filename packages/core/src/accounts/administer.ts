import { decideHoldLimits, type HoldLimits } from '@droplock/rules/accounts'
import { decideRateLimits, type RateLimits } from '@droplock/rules/rate-limits'
import { notifyKeysChanged } from '../api-keys.ts'
import { changeWithAudit } from '../audit/change.ts'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'

type OpenAccount = {
  readonly name: string
  /** ISO 4217. An account keeps its one currency. */
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
 * Renames a reseller's account. Issued invoices keep the old name. Doing it again changes nothing. Throws Refusal: forbidden,
 * reason_required, account_not_found, try_again.
 */
export async function renameAccount(ctx: OperatorContext, command: RenameAccount): Promise<void> {
  const { accountId: id, name, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const account = await lockNamedAccount(tx, id)
    if (account.name === name) return undefined
    await tx.updateTable('account').set({ name }).where('id', '=', id).execute()
    return { action: 'account.renamed', before: { name: account.name }, after: { name } }
  })
}

type SwitchAccount = { readonly accountId: string; readonly enabled: boolean; readonly reason: string }

/**
 * Disables or enables a reseller's account. All of its keys are refused while it is disabled. Nothing else changes: its orders are
 * caught or refunded as before (rule 6). Doing it again changes nothing. Throws Refusal: forbidden, reason_required,
 * account_not_found, try_again.
 */
export async function switchAccount(ctx: OperatorContext, command: SwitchAccount): Promise<void> {
  const { accountId: id, enabled, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { name, disabled_at: before } = await lockNamedAccount(tx, id)
    if ((before === null) === enabled) return undefined
    const after = enabled ? null : await databaseTime(tx)
    await tx.updateTable('account').set({ disabled_at: after }).where('id', '=', id).execute()
    await notifyKeysChanged(tx)
    return {
      action: enabled ? 'account.enabled' : 'account.disabled',
      before: { disabled_at: before },
      after: { name, disabled_at: after },
    }
  })
}

type SetRateLimits = RateLimits & { readonly accountId: string; readonly reason: string }

/**
 * Sets how many requests an account may send in a minute, from the next one that is counted. Throws Refusal: forbidden, reason_required,
 * rate_limits_out_of_range, account_not_found, try_again.
 */
export async function setRateLimits(ctx: OperatorContext, command: SetRateLimits): Promise<void> {
  const { accountId: id, readsPerMinute, claimsPerMinute, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    decideRateLimits(command)
    const { name, reads_per_minute_max, claims_per_minute_max } = await lockNamedAccount(tx, id)
    const after = { reads_per_minute_max: readsPerMinute, claims_per_minute_max: claimsPerMinute }
    await tx.updateTable('account').set(after).where('id', '=', id).execute()
    return {
      action: 'account.rate_limits_set',
      before: { reads_per_minute_max, claims_per_minute_max },
      after: { name, ...after },
    }
  })
}

type SetHoldLimits = HoldLimits & { readonly accountId: string; readonly reason: string }

/**
 * Sets how many unpaid holds an account may have at once. Holds beyond a lower limit stay until they end; meanwhile there are no new
 * ones. Throws Refusal: forbidden, reason_required, hold_limits_out_of_range, account_not_found, try_again.
 */
export async function setHoldLimits(ctx: StaffContext, command: SetHoldLimits): Promise<void> {
  const { accountId: id, beforePaid, afterPaid, reason } = command
  const change = { permission: 'holds:set', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    decideHoldLimits(command)
    const { name, open_holds_max_before_paid, open_holds_max } = await lockNamedAccount(tx, id)
    const after = { open_holds_max_before_paid: beforePaid, open_holds_max: afterPaid }
    await tx.updateTable('account').set(after).where('id', '=', id).execute()
    return {
      action: 'account.hold_limits_set',
      before: { open_holds_max_before_paid, open_holds_max },
      after: { name, ...after },
    }
  })
}

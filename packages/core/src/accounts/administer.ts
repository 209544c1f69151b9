import { accountClosed, decideHoldLimits, decideWatchLimit, type HoldLimits } from '@droplock/rules/accounts'
import { decidePrecondition } from '@droplock/rules/preconditions'
import { decideRateLimits, type RateLimits } from '@droplock/rules/rate-limits'
import { notifyKeysChanged } from '../api-keys.ts'
import { changeWithAudit } from '../audit/change.ts'
import { recordAudit } from '../audit/record.ts'
import type { BillingProfile } from '../billing/profile.ts'
import { type OperatorContext, requirePermission, type StaffContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedAccount } from '../locks.ts'

type OpenAccount = {
  readonly name: string
  /** ISO 4217. An account keeps its one currency. */
  readonly currency: string
  /** Whom its invoices name; left out: the account says so itself. */
  readonly billing?: BillingProfile | undefined
}

/** Opens a reseller's account with an empty balance. Returns its id. Throws Refusal('forbidden'). */
export async function openAccount(ctx: OperatorContext, command: OpenAccount): Promise<string> {
  requirePermission(ctx, 'resellers:manage')
  const { name, currency, billing } = command
  const id = ctx.newId()
  await inTransaction(ctx.db, async (tx) => {
    await tx.insertInto('account').values({ id, name, currency }).execute()
    if (billing !== undefined) {
      const { legalName: legal_name, taxId: tax_id, ...party } = billing
      const profile = { account_id: id, legal_name, tax_id, ...party, updated_at: await databaseTime(tx) }
      await tx.insertInto('billing_profile').values(profile).execute()
    }
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'account.opened',
      subjectType: 'account',
      subjectId: id,
      after: { name, currency, ...(billing && { legal_name: billing.legalName }) },
    })
  })
  return id
}

/** The version of the account that was edited; left out: whichever it is (ADR 27). */
export type Edited = { readonly version?: number | undefined }

export function requireVersion({ version }: Edited, account: { readonly version: number }): void {
  if (version !== undefined) decidePrecondition({ kind: 'versions', versions: [version] }, account.version)
}

type RenameAccount = Edited & { readonly accountId: string; readonly name: string; readonly reason: string }

/**
 * Renames a reseller's account. Issued invoices keep the old name. Doing it again changes nothing. Throws Refusal: forbidden,
 * reason_required, account_not_found, precondition_failed, try_again.
 */
export async function renameAccount(ctx: OperatorContext, command: RenameAccount): Promise<void> {
  const { accountId: id, name, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const account = await lockNamedAccount(tx, id)
    requireVersion(command, account)
    if (account.name === name) return undefined
    await tx
      .updateTable('account')
      .set({ name, version: account.version + 1 })
      .where('id', '=', id)
      .execute()
    return { action: 'account.renamed', before: { name: account.name }, after: { name } }
  })
}

type SwitchAccount = { readonly accountId: string; readonly enabled: boolean; readonly reason: string }

/**
 * Disables or enables a reseller's account. All of its keys are refused while it is disabled. Nothing else changes: its orders are
 * caught or refunded as before (rule 6). Doing it again changes nothing. Throws Refusal: forbidden, reason_required,
 * account_not_found, account_closed, try_again.
 */
export async function switchAccount(ctx: OperatorContext, command: SwitchAccount): Promise<void> {
  const { accountId: id, enabled, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    const { name, disabled_at: before, closed_at: closedAt } = await lockNamedAccount(tx, id)
    if (closedAt !== null) throw accountClosed()
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

type SetRateLimits = Edited & RateLimits & { readonly accountId: string; readonly reason: string }

/**
 * Sets how many requests an account may send in a minute, from the next one that is counted. Throws Refusal: forbidden, reason_required,
 * rate_limits_out_of_range, account_not_found, precondition_failed, try_again.
 */
export async function setRateLimits(ctx: OperatorContext, command: SetRateLimits): Promise<void> {
  const { accountId: id, readsPerMinute, claimsPerMinute, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    decideRateLimits(command)
    const account = await lockNamedAccount(tx, id)
    requireVersion(command, account)
    const { name, reads_per_minute_max, claims_per_minute_max, version } = account
    const after = { reads_per_minute_max: readsPerMinute, claims_per_minute_max: claimsPerMinute }
    await tx
      .updateTable('account')
      .set({ ...after, version: version + 1 })
      .where('id', '=', id)
      .execute()
    return {
      action: 'account.rate_limits_set',
      before: { reads_per_minute_max, claims_per_minute_max },
      after: { name, ...after },
    }
  })
}

type SetWatchLimit = Edited & {
  readonly accountId: string
  /** Names on the watch list at once. */
  readonly watchesMax: number
  readonly reason: string
}

/**
 * Sets how many names an account may watch. Names beyond a lower limit stay on the list; meanwhile none is added. Throws Refusal: forbidden,
 * reason_required, watch_limit_out_of_range, account_not_found, precondition_failed, try_again.
 */
export async function setWatchLimit(ctx: OperatorContext, command: SetWatchLimit): Promise<void> {
  const { accountId: id, watchesMax, reason } = command
  const change = { permission: 'resellers:manage', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    decideWatchLimit(watchesMax)
    const account = await lockNamedAccount(tx, id)
    requireVersion(command, account)
    await tx
      .updateTable('account')
      .set({ watches_max: watchesMax, version: account.version + 1 })
      .where('id', '=', id)
      .execute()
    return {
      action: 'account.watch_limit_set',
      before: { watches_max: account.watches_max },
      after: { name: account.name, watches_max: watchesMax },
    }
  })
}

type SetHoldLimits = HoldLimits & Edited & { readonly accountId: string; readonly reason: string }

/**
 * Sets how many unpaid holds an account may have at once. Holds beyond a lower limit stay until they end; meanwhile there are no new
 * ones. Throws Refusal: forbidden, reason_required, hold_limits_out_of_range, account_not_found, precondition_failed, try_again.
 */
export async function setHoldLimits(ctx: StaffContext, command: SetHoldLimits): Promise<void> {
  const { accountId: id, beforePaid, afterPaid, reason } = command
  const change = { permission: 'holds:set', subject: ['account', id], reason } as const
  await changeWithAudit(ctx, change, async (tx) => {
    decideHoldLimits(command)
    const account = await lockNamedAccount(tx, id)
    requireVersion(command, account)
    const { name, open_holds_max_before_paid, open_holds_max } = account
    const after = { open_holds_max_before_paid: beforePaid, open_holds_max: afterPaid }
    await tx
      .updateTable('account')
      .set({ ...after, version: account.version + 1 })
      .where('id', '=', id)
      .execute()
    return {
      action: 'account.hold_limits_set',
      before: { open_holds_max_before_paid, open_holds_max },
      after: { name, ...after },
    }
  })
}

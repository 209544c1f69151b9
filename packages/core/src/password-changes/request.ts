import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import { nameOf, type OperatorContext } from '../context.ts'
import { lockRegistryAccount } from '../locks.ts'

type RequestPasswordChange = {
  readonly registryAccountId: string
  /** The name of the next password among the catcher's credentials. */
  readonly passwordName: string
  readonly reason: string
}

/**
 * Requests the change of our password at a registry: the catcher of the account carries it out at its next login, which it makes for this
 * purpose while nothing drops. Throws Refusal: forbidden, reason_required, registry_account_not_found, password_in_use,
 * password_change_open.
 */
export async function requestPasswordChange(
  ctx: OperatorContext,
  { registryAccountId, passwordName, reason }: RequestPasswordChange,
): Promise<void> {
  const subject = ['registry_account', registryAccountId] as const
  await changeWithAudit(ctx, { permission: 'registries:set', subject, reason }, async (tx) => {
    const account = await lockRegistryAccount(tx, registryAccountId)
    if (account.password_name === passwordName)
      throw new Refusal('password_in_use', 'This password is in use already.', { name: passwordName })
    const { rows } = await sql`
      insert into password_change (id, registry_account_id, to_name, state, requested_at, requested_by)
      values (${ctx.newId()}, ${registryAccountId}, ${passwordName}, 'requested', clock_timestamp(), ${nameOf(ctx.actor)})
      on conflict (registry_account_id) where state in ('requested', 'sent') do nothing returning id`.execute(
      tx,
    )
    if (rows.length === 0)
      throw new Refusal('password_change_open', 'A change of this password is requested already.')
    return { action: 'registry_account.password_change_requested', after: { password_name: passwordName } }
  })
}

/**
 * Cancels a change that no catcher has begun. Throws Refusal: forbidden, reason_required, registry_account_not_found,
 * password_change_not_open.
 */
export async function cancelPasswordChange(
  ctx: OperatorContext,
  { registryAccountId, reason }: Pick<RequestPasswordChange, 'registryAccountId' | 'reason'>,
): Promise<void> {
  const subject = ['registry_account', registryAccountId] as const
  await changeWithAudit(ctx, { permission: 'registries:set', subject, reason }, async (tx) => {
    await lockRegistryAccount(tx, registryAccountId)
    const { rows } = await sql<{ to_name: string }>`
      update password_change set state = 'canceled', decided_at = clock_timestamp()
      where registry_account_id = ${registryAccountId} and state = 'requested' returning to_name`.execute(tx)
    const [canceled] = rows
    if (canceled === undefined)
      throw new Refusal('password_change_not_open', 'No change waits for its catcher.', {
        id: registryAccountId,
      })
    return {
      action: 'registry_account.password_change_canceled',
      before: { password_name: canceled.to_name },
    }
  })
}

type SetPasswordExpiry = {
  readonly registryAccountId: string
  /** Null: it does not expire, or that is not known. */
  readonly expiresAt: Date | null
  readonly reason: string
}

/**
 * Sets when the password of an account expires, where its registry does not say so at the login (RFC 8807): an alarm is raised days
 * before. Throws Refusal: forbidden, reason_required, registry_account_not_found.
 */
export async function setPasswordExpiry(ctx: OperatorContext, command: SetPasswordExpiry): Promise<void> {
  const { registryAccountId, expiresAt, reason } = command
  const subject = ['registry_account', registryAccountId] as const
  await changeWithAudit(ctx, { permission: 'registries:set', subject, reason }, async (tx) => {
    const account = await lockRegistryAccount(tx, registryAccountId)
    await tx
      .updateTable('registry_account')
      .set({ password_expires_at: expiresAt })
      .where('id', '=', registryAccountId)
      .execute()
    return {
      action: 'registry_account.password_expiry_set',
      before: textOf(account.password_expires_at),
      after: textOf(expiresAt),
    }
  })
}

function textOf(at: Date | null) {
  return { password_expires_at: at?.toISOString() ?? null }
}

import { changeWithAudit } from '../audit/change.ts'
import type { OperatorContext } from '../context.ts'
import { readPasswordOf } from './read.ts'

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
    const account = await readPasswordOf(tx, registryAccountId)
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

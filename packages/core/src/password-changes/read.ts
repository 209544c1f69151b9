import type { PasswordChangeState } from '@droplock/rules/machines/password-change'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'

/** A change of our password at a registry; the password itself is in the catcher's settings alone. */
export type PasswordChange = {
  readonly id: string
  readonly registryAccountId: string
  readonly toName: string
  readonly state: PasswordChangeState
  readonly requestedAt: Date
  readonly requestedBy: string
  readonly decidedAt: Date | null
  readonly answerCode: number | null
  readonly message: string | null
}

/** Changes of passwords, the newest first. Throws Refusal('forbidden'). */
export async function listPasswordChanges(
  ctx: OperatorContext,
  paging: Paging,
): Promise<Listed<PasswordChange>> {
  requirePermission(ctx, 'console:read')
  const newest = ctx.db
    .selectFrom('password_change')
    .select(['id', 'registry_account_id as registryAccountId', 'to_name as toName', 'state', 'message'])
    .select(['requested_at as requestedAt', 'requested_by as requestedBy', 'decided_at as decidedAt'])
    .select('answer_code as answerCode')
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
  return readListed(ctx.db, newest, paging, (row): PasswordChange => row)
}

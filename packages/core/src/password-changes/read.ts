import type { PasswordChangeState } from '@droplock/rules/machines/password-change'
import { Refusal } from '@droplock/rules/refusals'
import type { Transaction } from 'kysely'
import { type OperatorContext, requirePermission } from '../context.ts'
import { type Listed, type Paging, readListed } from '../database/page.ts'
import type { Database } from '../database/tables.gen.ts'

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

/**
 * What is known of the password of one of our accounts. Not locked: its catcher renews its lease in the same row, and would lose it while
 * an operator's transaction waits; `one_open_password_change` keeps changes apart. Throws Refusal('registry_account_not_found').
 */
export async function readPasswordOf(tx: Transaction<Database>, registryAccountId: string) {
  const account = await tx
    .selectFrom('registry_account')
    .select(['password_name', 'password_expires_at'])
    .where('id', '=', registryAccountId)
    .executeTakeFirst()
  if (account === undefined)
    throw new Refusal('registry_account_not_found', 'No such registry account.', { id: registryAccountId })
  return account
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

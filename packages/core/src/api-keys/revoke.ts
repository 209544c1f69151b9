import { Refusal } from '@droplock/rules/refusals'
import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { inTransaction } from '../database/transaction.ts'

export type RevokeApiKey = { readonly keyId: string; readonly reason: string }

/**
 * Revokes a key, for good and at once: every gateway looks at the key's row with every request. Doing it again changes nothing.
 * Throws Refusal: forbidden, reason_required, api_key_not_found, try_again.
 */
export async function revokeApiKey(ctx: OperatorContext, command: RevokeApiKey): Promise<void> {
  requirePermission(ctx, 'keys:revoke')
  const reason = requireReason(command.reason)
  const { keyId } = command
  await inTransaction(ctx.db, async (tx) => {
    const key = await tx
      .selectFrom('api_key')
      .select(['account_id', 'label', 'revoked_at'])
      .where('id', '=', keyId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    if (key === undefined) throw new Refusal('api_key_not_found', 'No such API key.', { id: keyId })
    if (key.revoked_at !== null) return
    const now = await databaseTime(tx)
    await tx.updateTable('api_key').set({ revoked_at: now }).where('id', '=', keyId).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'api_key.revoked',
      subjectType: 'api_key',
      subjectId: keyId,
      reason,
      before: { account_id: key.account_id, label: key.label },
      after: { revoked_at: now },
    })
  })
}

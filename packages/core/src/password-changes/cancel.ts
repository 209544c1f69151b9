import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { changeWithAudit } from '../audit/change.ts'
import type { OperatorContext } from '../context.ts'
import { readPasswordOf } from './read.ts'

type CancelPasswordChange = { readonly registryAccountId: string; readonly reason: string }

/**
 * Cancels a change that no catcher has begun. Throws Refusal: forbidden, reason_required, registry_account_not_found,
 * password_change_not_open.
 */
export async function cancelPasswordChange(
  ctx: OperatorContext,
  { registryAccountId, reason }: CancelPasswordChange,
): Promise<void> {
  const subject = ['registry_account', registryAccountId] as const
  await changeWithAudit(ctx, { permission: 'registries:set', subject, reason }, async (tx) => {
    await readPasswordOf(tx, registryAccountId)
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

import { recordAudit } from '../audit/record.ts'
import { type OperatorContext, requirePermission, requireReason } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockNamedZone } from './lock.ts'

export type SwitchZone = { readonly zone: string; readonly enabled: boolean; readonly reason: string }

/**
 * Stops or allows new orders in a zone, and nothing else: what is ordered stays valid (rule 6). Doing it again changes nothing.
 * Throws Refusal: forbidden, reason_required, zone_not_found, try_again.
 */
export async function switchZone(ctx: OperatorContext, command: SwitchZone): Promise<void> {
  requirePermission(ctx, 'registries:set')
  const reason = requireReason(command.reason)
  const { zone: name, enabled } = command
  await inTransaction(ctx.db, async (tx) => {
    const zone = await lockNamedZone(tx, name)
    if (zone.enabled === enabled) return
    await tx.updateTable('zone').set({ enabled }).where('name', '=', name).execute()
    await recordAudit(tx, {
      by: ctx.actor,
      action: enabled ? 'zone.enabled' : 'zone.disabled',
      subjectType: 'zone',
      subjectId: name,
      reason,
      before: { enabled: zone.enabled },
      after: { enabled },
    })
  })
}

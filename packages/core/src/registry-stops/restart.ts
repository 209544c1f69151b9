import { Refusal } from '@droplock/rules/refusals'
import { clearAlarms } from '../alarms/raise.ts'
import { changeWithAudit } from '../audit/change.ts'
import { nameOf, type OperatorContext } from '../context.ts'
import { databaseTime } from '../database/time.ts'
import { lockRegistry } from '../locks.ts'
import { readOpenStop } from './read.ts'

type RestartRegistry = { readonly registryId: string; readonly reason: string }

/**
 * Ends the stop of a registry: creates are sent again within a second, by every catcher that drives one of its accounts. One person may
 * always do it. Throws Refusal: forbidden, reason_required, registry_not_stopped.
 */
export async function restartRegistry(ctx: OperatorContext, command: RestartRegistry): Promise<void> {
  const { registryId, reason } = command
  const subject = ['registry', registryId] as const
  await changeWithAudit(ctx, { permission: 'registries:stop', subject, reason }, async (tx, text) => {
    await lockRegistry(tx, registryId)
    const stop = await readOpenStop({ db: tx }, registryId)
    if (stop === undefined)
      throw new Refusal('registry_not_stopped', 'This registry is not stopped.', { id: registryId })
    await tx
      .updateTable('registry_stop')
      .set({ ended_at: await databaseTime(tx), ended_by: nameOf(ctx.actor), end_reason: text })
      .where('id', '=', stop.id)
      .execute()
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'registry_stopped', subject: registryId }])
    return { action: 'registry.restarted', before: { reason: stop.reason, stopped_by: stop.stoppedBy } }
  })
}

import { next, nextIfAllowed } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { sql } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockRun } from '../locks.ts'

type DiscardRun = { readonly runId: string; readonly reason: string }

/**
 * Discards a quarantined run, or one that is still ready: nothing of it is published. Throws Refusal: forbidden, reason_required,
 * sync_run_not_found, sync_run_not_discardable, try_again.
 */
export async function discardRun(ctx: StaffContext, command: DiscardRun): Promise<void> {
  requirePermission(ctx, 'syncs:resolve')
  const reason = requireReason(command.reason)
  await inTransaction(ctx.db, async (tx) => {
    const run = await lockRun(tx, command.runId)
    if (nextIfAllowed(syncRunMachine, run.state, 'discard') === undefined) {
      throw new Refusal('sync_run_not_discardable', `This sync run is ${run.state}.`, { state: run.state })
    }
    const state = next(syncRunMachine, run.state, 'discard')
    await tx
      .updateTable('sync_run')
      .set({
        state,
        decided_by: ctx.actor.staffId,
        decision_reason: reason,
        decided_at: sql`clock_timestamp()`,
      })
      .where('id', '=', run.id)
      .execute()
    await tx.deleteFrom('pending_change').where('run_id', '=', run.id).execute()
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'list_quarantined', subject: run.id }])
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'sync_run.discarded',
      subjectType: 'sync_run',
      subjectId: run.id,
      reason,
      before: { state: run.state, quarantine_reasons: run.quarantine_reasons },
      after: { state },
    })
  })
}

import { clearAlarms } from '../alarms/raise.ts'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockForPublication } from '../locks.ts'
import { requireState } from './internal.ts'
import { orAlreadyPublished, type Publication, publishLocked } from './publish.ts'

type PublishQuarantined = { readonly runId: string; readonly reason: string; readonly opensAt: Date }

/**
 * Publishes a quarantined run because a person decided so. Throws Refusal: forbidden, reason_required, sync_run_not_found,
 * sync_run_not_publishable, list_already_published, try_again.
 */
export async function publishQuarantined(
  ctx: StaffContext,
  command: PublishQuarantined,
): Promise<Publication> {
  requirePermission(ctx, 'syncs:resolve')
  const reason = requireReason(command.reason)
  return orAlreadyPublished(() =>
    inTransaction(ctx.db, async (tx) => {
      const run = await lockForPublication(tx, command.runId)
      // A ready run is published automatically; one that a crash left ready may be published by hand too.
      if (run.state !== 'ready') requireState(run, 'quarantined')
      const publication = await publishLocked(tx, ctx, run, {
        opensAt: command.opensAt,
        decision: { by: ctx.actor, reason },
      })
      await clearAlarms({ ...ctx, db: tx }, [{ kind: 'list_quarantined', subject: run.id }])
      await recordAudit(tx, {
        by: ctx.actor,
        action: 'sync_run.published',
        subjectType: 'sync_run',
        subjectId: run.id,
        reason,
        before: { state: run.state, quarantine_reasons: run.quarantine_reasons },
        after: { state: 'published', ...publication },
      })
      return publication
    }),
  )
}

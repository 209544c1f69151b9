import { Refusal } from '@droplock/rules/refusals'
import { clearAlarms } from '../alarms/raise.ts'
import { recordAudit } from '../audit/record.ts'
import { requirePermission, requireReason, type StaffContext } from '../context.ts'
import { inTransaction } from '../database/transaction.ts'
import { lockForPublication } from '../locks.ts'
import { carryOut } from './carry-out.ts'
import { findOutdating } from './contradictions.ts'
import { isListInForce } from './identity.ts'
import { identityOf, requirePublishable } from './internal.ts'
import { type Publication, PublicationStopped, releasePublication } from './publication.ts'
import { alreadyPublished } from './publish.ts'
import { beginPublication, isPublishing } from './turn.ts'

type PublishQuarantined = {
  readonly runId: string
  readonly reason: string
  readonly opensAt: Date
  /** Aborts when the answer is due: a worker completes the publication. */
  readonly answerBy?: AbortSignal | undefined
}

/**
 * Publishes a quarantined run because a person decided so. Undefined: a worker completes the publication. Throws Refusal: forbidden,
 * reason_required, sync_run_not_found, sync_run_not_publishable, sync_run_outdated (a list that was read later says otherwise),
 * list_already_published, try_again (also while another list of the registry is being published).
 */
export async function publishQuarantined(
  ctx: StaffContext,
  { runId, reason: given, opensAt, answerBy }: PublishQuarantined,
): Promise<Publication | undefined> {
  requirePermission(ctx, 'syncs:resolve')
  const reason = requireReason(given)
  const publishing = { runId, publisher: ctx.newId(), stop: answerBy }
  await begin(ctx, { runId, reason, opensAt, publisher: publishing.publisher })
  try {
    return await carryOut(ctx, publishing)
  } catch (error) {
    await releasePublication(ctx, publishing).catch(() => undefined)
    if (error instanceof PublicationStopped) return undefined
    throw error
  }
}

type Begin = {
  readonly runId: string
  readonly reason: string
  readonly opensAt: Date
  readonly publisher: string
}

function begin(ctx: StaffContext, { runId, reason, opensAt, publisher }: Begin): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const { run } = await lockForPublication(tx, runId)
    // A ready run is published automatically; one that a crash left ready may be published by hand too.
    requirePublishable(run, 'ready', 'quarantined')
    if (await isPublishing(tx, run.registry_id))
      throw new Refusal('try_again', 'Another list of this registry is being published. Please try again.')
    if (await isListInForce({ ...ctx, db: tx }, identityOf(run))) throw alreadyPublished()
    const [outdating] = await findOutdating(tx, run)
    if (outdating !== undefined) {
      const detail = 'A list that was read later says otherwise. Upload this one again if it is right.'
      throw new Refusal('sync_run_outdated', detail, { later_run: outdating })
    }
    await beginPublication(tx, run, { publisher, opensAt, decision: { by: ctx.actor, reason } })
    await clearAlarms({ ...ctx, db: tx }, [{ kind: 'list_quarantined', subject: run.id }])
    await recordAudit(tx, {
      by: ctx.actor,
      action: 'sync_run.published',
      subjectType: 'sync_run',
      subjectId: run.id,
      reason,
      before: { state: run.state, quarantine_reasons: run.quarantine_reasons },
      after: { state: 'publishing' },
    })
  })
}

import { findQuarantineReasons, type QuarantineReason } from '@droplock/rules/lists'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { raiseAlarms } from '../alarms/raise.ts'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type LockedRun, lockForPublication } from '../locks.ts'
import { countChanges, type RunDiff } from './changes.ts'
import { failRun } from './fail.ts'
import { isListInForce, type ListIdentity } from './identity.ts'
import { requireState } from './internal.ts'
import { type Publication, publishLocked } from './publish.ts'
import { readQuarantineFacts } from './quarantine.ts'

type PublishOrQuarantine = {
  readonly runId: string
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
  /** Who uploaded it; left out where the worker fetched it. */
  readonly by?: StaffActor | undefined
  /** Aborts when nobody waits for the result any more: then nothing is published. */
  readonly signal?: AbortSignal | undefined
}

export type RunResult =
  | { readonly kind: 'published'; readonly publication: Publication }
  | { readonly kind: 'quarantined'; readonly reasons: readonly QuarantineReason[]; readonly diff: RunDiff }
  /** The same list is in force: the run is discarded and nothing changed. */
  | { readonly kind: 'unchanged' }

/**
 * Publishes a ready run, quarantines it for a person to decide, or discards it because the same list is in force. What publishing
 * would do is counted in the transaction that would publish. Throws Refusal: sync_run_not_found, sync_run_not_publishable, try_again;
 * and the signal's reason. A run for which this failed is `failed`, and nothing of it is published later.
 */
export async function publishOrQuarantine(ctx: Context, command: PublishOrQuarantine): Promise<RunResult> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const result = await decideLocked(tx, ctx, command)
      // The last thing before the commit: a caller that has aborted finds nothing published.
      command.signal?.throwIfAborted()
      return result
    })
  } catch (error) {
    // A refusal means that the run is not ours to fail, except `try_again`: then it was not done.
    if (!(error instanceof Refusal) || error.code === 'try_again') {
      const failure = error instanceof Error ? error.message : String(error)
      await failRun(ctx.db, command.runId, failure).catch(() => undefined)
    }
    throw error
  }
}

async function decideLocked(
  tx: Transaction<Database>,
  ctx: Context,
  command: PublishOrQuarantine,
): Promise<RunResult> {
  const run = await lockForPublication(tx, command.runId)
  requireState(run, 'ready')
  if (await isListInForce({ ...ctx, db: tx }, identityOf(run))) return discardUnchanged(tx, run, command.by)
  command.signal?.throwIfAborted()
  const diff = await countChanges(tx, run)
  command.signal?.throwIfAborted()
  const { facts, limits } = await readQuarantineFacts(tx, run, diff)
  const reasons = findQuarantineReasons(facts, limits)
  if (reasons.length > 0) return quarantine(tx, ctx, run, reasons, diff, command.by)
  const { opensAt, signal } = command
  const publication = await publishLocked(tx, ctx, run, { opensAt, signal })
  await auditUpload(tx, run, command.by, 'sync_run.published', publication)
  return { kind: 'published', publication }
}

function identityOf(run: LockedRun): ListIdentity {
  return {
    registryId: run.registry_id,
    source: run.uploaded_by === null ? run.source : null,
    format: run.format,
    contentSha256: run.content_sha256,
    declared: {
      dropDate: run.declared_drop_date ?? undefined,
      scopeKind: run.declared_scope_kind ?? undefined,
    },
  }
}

async function discardUnchanged(tx: Transaction<Database>, run: LockedRun, by: StaffActor | undefined) {
  await tx
    .updateTable('sync_run')
    .set({
      state: next(syncRunMachine, run.state, 'discard'),
      decision_reason: 'This list is in force already.',
      decided_at: sql`clock_timestamp()`,
    })
    .where('id', '=', run.id)
    .execute()
  await auditUpload(tx, run, by, 'sync_run.discarded', { already_published: true })
  return { kind: 'unchanged' } as const
}

async function quarantine(
  tx: Transaction<Database>,
  ctx: Context,
  run: LockedRun,
  reasons: readonly QuarantineReason[],
  diff: RunDiff,
  by: StaffActor | undefined,
) {
  await tx
    .updateTable('sync_run')
    .set({ state: next(syncRunMachine, run.state, 'quarantine'), quarantine_reasons: [...reasons] })
    .where('id', '=', run.id)
    .execute()
  await raiseAlarms({ ...ctx, db: tx }, [
    {
      kind: 'list_quarantined',
      subject: run.id,
      facts: { registry: run.registry_id, source: run.source, reasons: [...reasons] },
    },
  ])
  await auditUpload(tx, run, by, 'sync_run.quarantined', { reasons, diff })
  return { kind: 'quarantined', reasons, diff } as const
}

/** Only a person's upload is audited; for the worker's runs the run itself is the record. */
async function auditUpload(
  tx: Transaction<Database>,
  run: LockedRun,
  by: StaffActor | undefined,
  action: 'sync_run.published' | 'sync_run.quarantined' | 'sync_run.discarded',
  after: Parameters<typeof recordAudit>[1]['after'],
): Promise<void> {
  if (by === undefined) return
  await recordAudit(tx, {
    by,
    action,
    subjectType: 'sync_run',
    subjectId: run.id,
    before: { state: run.state },
    after,
  })
}

import { findQuarantineReasons, type QuarantineReason } from '@droplock/rules/lists'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { raiseAlarms } from '../alarms/raise.ts'
import { recordAudit } from '../audit/record.ts'
import { type Context, requirePermission, type StaffActor, type StaffContext } from '../context.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type LockedRun, lockForPublication } from '../locks.ts'
import { countChanges, type RunDiff } from './changes.ts'
import { isListInForce, type ListIdentity } from './classify.ts'
import { failRun } from './fail.ts'
import { requireState } from './internal.ts'
import { type Publication, publishLocked } from './publish.ts'
import { readQuarantineFacts } from './quarantine.ts'
import { type StagedRun, type StageList, stageList } from './stage.ts'

type PublishOrQuarantine = {
  readonly runId: string
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
  /** Who uploaded it; left out, the worker fetched it. */
  readonly by?: StaffActor | undefined
  /** Aborts when nobody waits for the outcome any more: then nothing is published. */
  readonly signal?: AbortSignal | undefined
}

export type RunResult =
  | { readonly kind: 'published'; readonly publication: Publication }
  | { readonly kind: 'quarantined'; readonly reasons: readonly QuarantineReason[]; readonly diff: RunDiff }
  /** This very list is in force: the run is discarded and nothing changed. */
  | { readonly kind: 'unchanged' }

/**
 * Settles a ready run: published, held back for a person, or discarded as nothing new. What publishing would do is counted
 * in the transaction that would publish. Throws Refusal: sync_run_not_found, sync_run_not_publishable, try_again; and the
 * signal's reason. A run that could not be settled is `failed`, and nothing of it is published later.
 */
export async function publishOrQuarantine(ctx: Context, command: PublishOrQuarantine): Promise<RunResult> {
  const settle = async (tx: Transaction<Database>) => {
    const settlement = await settleLocked(tx, ctx, command)
    // Nothing comes between this and the commit: whoever was told of an end finds nothing published.
    command.signal?.throwIfAborted()
    return settlement
  }
  try {
    return await inTransaction(ctx.db, settle)
  } catch (error) {
    // A refusal tells that the run is no matter of ours; but for one, which tells that it was not done.
    if (!(error instanceof Refusal) || error.code === 'try_again') {
      const failure = error instanceof Error ? error.message : String(error)
      await failRun(ctx.db, command.runId, failure).catch(() => undefined)
    }
    throw error
  }
}

async function settleLocked(
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
  if (reasons.length > 0) return holdBack(tx, ctx, run, reasons, diff, command.by)
  const { opensAt, signal } = command
  const publication = await publishLocked(tx, ctx, run, { opensAt, signal })
  await recordSettled(tx, run, command.by, 'sync_run.published', publication)
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
  await recordSettled(tx, run, by, 'sync_run.discarded', { already_published: true })
  return { kind: 'unchanged' } as const
}

async function holdBack(
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
  await recordSettled(tx, run, by, 'sync_run.quarantined', { reasons, diff })
  return { kind: 'quarantined', reasons, diff } as const
}

/** Only what a person set off is audited: the worker's runs are their own record. */
async function recordSettled(
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

type UploadList = Omit<StageList, 'uploadedBy'> & {
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

export type Upload = { readonly run: StagedRun; readonly settlement: RunResult }

/**
 * Stages an uploaded list and settles it by the rules of the automatic path. Throws Refusal: forbidden, try_again; and what
 * the reader throws, or the signal's reason when it aborts, which leave the run `failed` and nothing published.
 */
export async function uploadList(ctx: StaffContext, list: UploadList): Promise<Upload> {
  requirePermission(ctx, 'syncs:upload')
  const run = await stageList(ctx, { ...list, uploadedBy: ctx.actor })
  const { opensAt, signal } = list
  const settlement = await publishOrQuarantine(ctx, { runId: run.id, opensAt, by: ctx.actor, signal })
  return { run, settlement }
}

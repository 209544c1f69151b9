import { type QuarantineReason, quarantineReasons } from '@droplock/rules/lists/decide-quarantine'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { sql, type Transaction } from 'kysely'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import { violated } from '../database/errors.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { countChanges, type RunDiff } from './count-changes.ts'
import { isListPublished } from './is-published.ts'
import { type LockedRun, lockRun } from './lock.ts'
import { type Publication, publishLocked } from './publish-locked.ts'
import { readQuarantineFacts } from './quarantine-facts.ts'
import { requireState } from './require-state.ts'

export type SettleRun = {
  readonly runId: string
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
  /** Who uploaded it; left out, the worker fetched it. */
  readonly by?: StaffActor | undefined
}

export type RunSettlement =
  | { readonly kind: 'published'; readonly publication: Publication }
  | { readonly kind: 'quarantined'; readonly reasons: readonly QuarantineReason[]; readonly diff: RunDiff }
  /** The same octets were published before: the run is discarded and nothing changed. */
  | { readonly kind: 'unchanged' }

/**
 * Settles a ready run: published, held back for a person, or discarded as nothing new. What publishing would do is counted
 * in the transaction that would publish. Throws Refusal: sync_run_not_found, sync_run_not_publishable, try_again.
 */
export async function settleRun(ctx: Context, command: SettleRun): Promise<RunSettlement> {
  const settle = () => inTransaction(ctx.db, (tx) => settleLocked(tx, ctx, command))
  try {
    return await settle()
  } catch (error) {
    // Another run published the same octets between our look and our claim. Now that it has, this one finds it.
    if (!violated(error, 'one_publication_per_content')) throw error
    return settle()
  }
}

async function settleLocked(
  tx: Transaction<Database>,
  ctx: Context,
  command: SettleRun,
): Promise<RunSettlement> {
  const run = await lockRun(tx, command.runId)
  requireState(run, 'ready')
  if (await isListPublished({ ...ctx, db: tx }, run.registry_id, run.content_sha256))
    return discardRepeat(tx, run, command.by)
  const diff = await countChanges(tx, run)
  const { facts, limits } = await readQuarantineFacts(tx, run, diff)
  const reasons = quarantineReasons(facts, limits)
  if (reasons.length > 0) return holdBack(tx, run, reasons, diff, command.by)
  const publication = await publishLocked(tx, ctx, run, command.opensAt)
  await recordSettled(tx, run, command.by, 'sync_run.published', publication)
  return { kind: 'published', publication }
}

async function discardRepeat(tx: Transaction<Database>, run: LockedRun, by: StaffActor | undefined) {
  await tx
    .updateTable('sync_run')
    .set({
      state: next(syncRunMachine, run.state, 'discard'),
      decision_reason: 'The same list has been published before.',
      decided_at: sql`clock_timestamp()`,
    })
    .where('id', '=', run.id)
    .execute()
  await recordSettled(tx, run, by, 'sync_run.discarded', { already_published: true })
  return { kind: 'unchanged' } as const
}

async function holdBack(
  tx: Transaction<Database>,
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

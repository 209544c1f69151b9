import { findQuarantineReasons, type QuarantineReason } from '@droplock/rules/lists'
import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { raiseAlarms } from '../alarms/raise.ts'
import { recordAudit } from '../audit/record.ts'
import type { Context, StaffActor } from '../context.ts'
import { violated } from '../database/errors.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type LockedRun, lockForPublication } from '../locks.ts'
import { carryOut } from './carry-out.ts'
import type { RunDiff } from './changes.ts'
import { type Comparison, compareRun } from './compare.ts'
import { findOutdating } from './contradictions.ts'
import { failRun } from './fail.ts'
import { isListInForce } from './identity.ts'
import { identityOf, requirePublishable } from './internal.ts'
import { keepAlive, type Publication, PublicationStopped, releasePublication } from './publication.ts'
import { readQuarantineFacts } from './quarantine.ts'
import { beginPublication, isPublishing, waitForTurn } from './turn.ts'

type PublishOrQuarantine = {
  readonly runId: string
  /** When new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
  /** Who uploaded it; left out where the worker fetched it. */
  readonly by?: StaffActor | undefined
  /** Aborts when nobody waits for the result any more. A publication that has begun is then left to another process. */
  readonly signal?: AbortSignal | undefined
  /** Aborts when the answer is due: what is left to do is left to a worker, and the result is `publishing`. */
  readonly answerBy?: AbortSignal | undefined
}

export type RunResult =
  | { readonly kind: 'published'; readonly publication: Publication }
  | { readonly kind: 'quarantined'; readonly reasons: readonly QuarantineReason[]; readonly diff: RunDiff }
  /** The same list is in force: the run is discarded and nothing changed. */
  | { readonly kind: 'unchanged' }
  /** A list that was read later says otherwise: the run is discarded and nothing changed. */
  | { readonly kind: 'outdated' }
  /** A worker completes it; the run's state shows the result. */
  | { readonly kind: 'publishing' }

/**
 * Publishes a ready run, quarantines it for a person to decide, or discards it because the same list or a later one is in force. What
 * publishing would do is counted before anything is locked, and counted again where another list of the registry was published
 * meanwhile. Lists of a registry wait for each other without holding a lock. Throws Refusal: sync_run_not_found,
 * sync_run_not_publishable, try_again; and the signal's reason, where it aborts before the publication began. A run for which this
 * failed is `failed`, and nothing of it is published later.
 */
export async function publishOrQuarantine(ctx: Context, command: PublishOrQuarantine): Promise<RunResult> {
  const publishing = { runId: command.runId, publisher: ctx.newId(), stop: stopOf(command) }
  const stopMarking = keepAlive(ctx.db, publishing)
  let decided: RunResult | 'begun'
  try {
    decided = await decide(ctx, command, publishing.publisher)
  } catch (error) {
    if (command.answerBy?.aborted === true && error === command.answerBy.reason)
      return leaveReady(ctx, command)
    // A refusal means that the run is not ours to fail, except `try_again`: then it was not done.
    if (!(error instanceof Refusal) || error.code === 'try_again') {
      const failure = error instanceof Error ? error.message : String(error)
      await failRun(ctx.db, command.runId, failure).catch(() => undefined)
    }
    throw error
  } finally {
    stopMarking()
  }
  if (decided !== 'begun') return decided
  try {
    return { kind: 'published', publication: await carryOut(ctx, publishing) }
  } catch (error) {
    // It has begun, so it is completed all the same: at once where it was released, otherwise when this process is taken to be gone.
    await releasePublication(ctx, publishing).catch(() => undefined)
    if (error instanceof PublicationStopped) return { kind: 'publishing' }
    throw error
  }
}

function stopOf({ signal, answerBy }: PublishOrQuarantine): AbortSignal | undefined {
  const signals = [signal, answerBy].filter((each) => each !== undefined)
  return signals.length === 0 ? undefined : AbortSignal.any(signals)
}

/** A run that has not had its turn when the answer is due: a worker decides it. */
async function leaveReady(ctx: Context, { runId, opensAt }: PublishOrQuarantine): Promise<RunResult> {
  await ctx.db
    .updateTable('sync_run')
    .set({ released_at: sql`clock_timestamp()`, opens_at: opensAt, alive_at: sql`clock_timestamp()` })
    .where('id', '=', runId)
    .where('state', '=', 'ready')
    .execute()
  noteWork(ctx.db)
  return { kind: 'publishing' }
}

/** Every round is another list of the registry that was published meanwhile. */
const ROUNDS_MAX = 1_000

async function decide(
  ctx: Context,
  command: PublishOrQuarantine,
  publisher: string,
): Promise<RunResult | 'begun'> {
  const stop = stopOf(command)
  for (let round = 1; round <= ROUNDS_MAX; round += 1) {
    stop?.throwIfAborted()
    const seen = await readTurn(ctx, command.runId)
    await waitForTurn(ctx, seen.registryId, stop)
    const { publications } = await readTurn(ctx, command.runId)
    const comparison = await compareRun(ctx, seen.run)
    const outdating = await findOutdating(ctx.db, seen.run)
    stop?.throwIfAborted()
    const facts = { comparison, isOutdated: outdating.length > 0, publications }
    const decided = await decideLocked(ctx, command, publisher, facts)
    if (decided !== 'again') return decided
  }
  throw new Refusal('try_again', 'Other lists of this registry are being published. Please try again.')
}

async function readTurn({ db }: Context, runId: string) {
  const run = await db.selectFrom('sync_run').selectAll().where('id', '=', runId).executeTakeFirst()
  if (run === undefined) throw new Refusal('sync_run_not_found', 'No such sync run.')
  requirePublishable(run, 'ready')
  const { publications } = await db
    .selectFrom('registry')
    .select('publications')
    .where('id', '=', run.registry_id)
    .executeTakeFirstOrThrow()
  return { run, registryId: run.registry_id, publications }
}

type Facts = {
  readonly comparison: Comparison
  readonly isOutdated: boolean
  /** Of the registry when the run was compared. */
  readonly publications: bigint
}

async function decideLocked(
  ctx: Context,
  command: PublishOrQuarantine,
  publisher: string,
  { comparison, isOutdated, publications }: Facts,
): Promise<RunResult | 'begun' | 'again'> {
  try {
    return await inTransaction(ctx.db, async (tx) => {
      const locked = await lockForPublication(tx, command.runId)
      const { run } = locked
      requirePublishable(run, 'ready')
      if (locked.publications !== publications || (await isPublishing(tx, run.registry_id))) return 'again'
      if (await isListInForce({ ...ctx, db: tx }, identityOf(run)))
        return discard(tx, run, command.by, 'unchanged')
      if (isOutdated) return discard(tx, run, command.by, 'outdated')
      const { facts, limits } = await readQuarantineFacts(tx, run, comparison)
      const reasons = findQuarantineReasons(facts, limits)
      if (reasons.length > 0) return quarantine(tx, ctx, run, reasons, comparison.diff, command.by)
      await beginPublication(tx, run, { publisher, opensAt: command.opensAt })
      await auditUpload(tx, run, command.by, 'sync_run.published', { ...comparison.diff })
      // The last thing before the commit: a caller that has aborted finds nothing published.
      command.signal?.throwIfAborted()
      return 'begun'
    })
  } catch (error) {
    if (violated(error, 'one_publishing_per_registry')) return 'again'
    throw error
  }
}

const whyDiscarded = {
  unchanged: 'This list is in force already.',
  outdated: 'A list that was read later says otherwise.',
} as const

async function discard(
  tx: Transaction<Database>,
  run: LockedRun,
  by: StaffActor | undefined,
  kind: 'unchanged' | 'outdated',
) {
  await tx
    .updateTable('sync_run')
    .set({
      state: next(syncRunMachine, run.state, 'discard'),
      decision_reason: whyDiscarded[kind],
      decided_at: sql`clock_timestamp()`,
    })
    .where('id', '=', run.id)
    .execute()
  await forgetPending(tx, run.id)
  await auditUpload(tx, run, by, 'sync_run.discarded', { reason: kind })
  return { kind } as const
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
  await forgetPending(tx, run.id)
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

async function forgetPending(tx: Transaction<Database>, runId: string): Promise<void> {
  await tx.deleteFrom('pending_change').where('run_id', '=', runId).execute()
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

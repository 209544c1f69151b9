import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import { clearAlarms } from '../alarms/raise.ts'
import { recordAudit } from '../audit/record.ts'
import {
  type Context,
  requirePermission,
  requireReason,
  type StaffActor,
  type StaffContext,
} from '../context.ts'
import { violated } from '../database/errors.ts'
import { noteWork } from '../database/note-work.ts'
import type { Database } from '../database/tables.gen.ts'
import { inTransaction } from '../database/transaction.ts'
import { type LockedRun, lockForPublication } from '../locks.ts'
import { openDue } from '../schedule/steps.ts'
import { addListings, moveListings, suspectListings } from './apply.ts'
import { requireState } from './internal.ts'

type PublishRun = {
  readonly runId: string
  /** When the new listings open for orders (rule 5); at once if in the past. */
  readonly opensAt: Date
}

/**
 * Publishes a staged run in one transaction: new names become listings, known ones move with the list, names that a
 * snapshot no longer carries become suspect. Holds nothing back; `settleRun` does. Rules 5, 6, 12. Throws Refusal:
 * sync_run_not_found, sync_run_not_publishable, list_already_published (this very list is in force: nothing changes).
 */
export async function publishRun(ctx: Context, command: PublishRun): Promise<Publication> {
  return orAlreadyPublished(() =>
    inTransaction(ctx.db, async (tx) => {
      const run = await lockForPublication(tx, command.runId)
      requireState(run, 'ready')
      return publishLocked(tx, ctx, run, { opensAt: command.opensAt })
    }),
  )
}

type PublishHeldBack = { readonly runId: string; readonly reason: string; readonly opensAt: Date }

/**
 * Publishes a quarantined run on a person's word. Throws Refusal: forbidden, reason_required, sync_run_not_found,
 * sync_run_not_publishable, list_already_published, try_again.
 */
export async function publishHeldBack(ctx: StaffContext, command: PublishHeldBack): Promise<Publication> {
  requirePermission(ctx, 'syncs:resolve')
  const reason = requireReason(command.reason)
  return orAlreadyPublished(() =>
    inTransaction(ctx.db, async (tx) => {
      const run = await lockForPublication(tx, command.runId)
      // A ready run is settled by itself; one that a crash left ready may still be pushed on.
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

/**
 * What the publication changed. `overridden`: names an operator's move keeps where they are, though the list says otherwise.
 * `tooLate`: rows of names whose cut-off had passed and that were not listed before.
 */
export type Publication = {
  readonly added: number
  readonly moved: number
  readonly suspected: number
  readonly overridden: number
  readonly unchanged: number
  readonly tooLate: number
}

/** A person's word for a run that was held back. */
type Decision = { readonly by: StaffActor; readonly reason: string }

type Publishing = {
  readonly opensAt: Date
  readonly decision?: Decision
  /** Between its steps, publishing ends by the signal's reason: the transaction is undone. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Publishes a run whose row is locked and whose state allows it. Publishing a list that is in force already is a violation of
 * `one_publication_in_force`.
 */
export async function publishLocked(
  tx: Transaction<Database>,
  ctx: Context,
  run: LockedRun,
  { opensAt, decision, signal }: Publishing,
): Promise<Publication> {
  noteWork(tx)
  await supersedeOthers(tx, run)
  await claimContent(tx, run, decision)
  const rows = await countRows(tx, run.id)
  const { moved, overridden } = await moveListings(tx, ctx, run.id)
  signal?.throwIfAborted()
  const suspected = await suspectListings(tx, run)
  signal?.throwIfAborted()
  const { added, tooLate } = await addListings(tx, run.id, opensAt)
  signal?.throwIfAborted()
  await openDue(tx)
  const unchanged = rows - moved - overridden - added - tooLate
  const publication = { added, moved, suspected, overridden, unchanged, tooLate }
  await recordCounts(tx, run.id, publication)
  return publication
}

/**
 * The lists that this one takes the place of: earlier ones of its source, and those that people uploaded, that it contradicts.
 * They may be published again. Two lists contradict each other where they give a name different times, or where one says of
 * days and zones of the other what all their names are. Two increments that share no name are parts of one whole. Lists whose
 * days are over bring nothing back, and are not looked into. This very list, where it is in force, keeps its place.
 */
async function supersedeOthers(tx: Transaction<Database>, run: LockedRun): Promise<void> {
  await sql`
    with superseded as (
      select id from sync_run as other
      where state = 'published' and superseded_at is null and registry_id = ${run.registry_id}
        and (uploaded_by is not null or (${run.uploaded_by}::uuid is null and source = ${run.source}))
        and (content_sha256, format, declared_drop_date, declared_scope_kind) is distinct from
          (${run.content_sha256}, ${run.format}, ${run.declared_drop_date}::date, ${run.declared_scope_kind}::text)
        and (scope_to is null or scope_to >= current_date - 1)
        and (
          ('snapshot' in (scope_kind, ${run.scope_kind}) and scope_zones && ${[...run.scope_zones]}::text[]
            and daterange(scope_from, scope_to, '[]') && daterange(${run.scope_from}::date, ${run.scope_to}::date, '[]'))
          or exists (
            select from sync_row as ours join sync_row as theirs on theirs.run_id = other.id and theirs.name = ours.name
            where ours.run_id = ${run.id}
              and (ours.cutoff_at, ours.drop_from, ours.drop_to) <> (theirs.cutoff_at, theirs.drop_from, theirs.drop_to)))
      order by id for update
    )
    update sync_run set superseded_at = clock_timestamp() from superseded where sync_run.id = superseded.id`.execute(
    tx,
  )
}

/** Before any listing is touched, two publications of the same list meet here. */
async function claimContent(tx: Transaction<Database>, run: LockedRun, decision?: Decision): Promise<void> {
  const decided =
    decision === undefined
      ? {}
      : {
          decided_by: decision.by.staffId,
          decision_reason: decision.reason,
          decided_at: sql<Date>`clock_timestamp()`,
        }
  await tx
    .updateTable('sync_run')
    .set({
      ...decided,
      state: next(syncRunMachine, run.state, 'publish'),
      published_at: sql`clock_timestamp()`,
      listings_added: 0,
    })
    .where('id', '=', run.id)
    .execute()
}

async function countRows(tx: Transaction<Database>, runId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('sync_row')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function recordCounts(tx: Transaction<Database>, runId: string, counts: Publication): Promise<void> {
  await tx
    .updateTable('sync_run')
    .set({
      listings_added: counts.added,
      listings_moved: counts.moved,
      listings_suspected: counts.suspected,
      listings_overridden: counts.overridden,
      listings_unchanged: counts.unchanged,
      listings_too_late: counts.tooLate,
    })
    .where('id', '=', runId)
    .execute()
}

/** Tells a second publication of a list that is in force by its own name. */
async function orAlreadyPublished<Result>(publish: () => Promise<Result>): Promise<Result> {
  try {
    return await publish()
  } catch (error) {
    if (!violated(error, 'one_publication_in_force')) throw error
    throw new Refusal('list_already_published', 'This list has been published already: nothing changed.')
  }
}

import { next } from '@droplock/rules/machines/machine'
import { syncRunMachine } from '@droplock/rules/machines/sync-run'
import { Refusal } from '@droplock/rules/refusals'
import { sql, type Transaction } from 'kysely'
import type { Context, StaffActor } from '../context.ts'
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
 * What the publication changed. `overridden`: names that an operator's override keeps in place although the list states another
 * schedule. `tooLate`: names that were not listed before and whose cut-off had passed.
 */
export type Publication = {
  readonly added: number
  readonly moved: number
  readonly suspected: number
  readonly overridden: number
  readonly unchanged: number
  readonly tooLate: number
}

/**
 * Publishes a staged run in one transaction: new names become listings, known ones move with the list, and names that a snapshot no
 * longer carries become suspect. Nothing is quarantined here; see `publishOrQuarantine`. Rules 5, 6, 12. Throws Refusal:
 * sync_run_not_found, sync_run_not_publishable, list_already_published (the same list is in force, nothing changes).
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

/** Who decided to publish a quarantined run, and why. */
type Decision = { readonly by: StaffActor; readonly reason: string }

type Publishing = {
  readonly opensAt: Date
  readonly decision?: Decision
  /** When it aborts, publishing stops before its next step and the transaction is rolled back. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Publishes a run whose row is locked and whose state allows it. Publishing a list that is already in force violates
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
 * Marks the lists that this one supersedes: earlier ones of its source, and uploaded ones, that it contradicts. They may be published
 * again. Two lists contradict each other where they give a name different times, or where one is a snapshot of days and zones that
 * the other covers too. Two increments that share no name complement each other. Lists whose days are over are left out. The same
 * list, where it is in force, stays in force.
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

/** Written before any listing, so that of two publications of the same list one fails here. */
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

/** Turns the violation by a second publication of a list into its refusal. */
export async function orAlreadyPublished<Result>(publish: () => Promise<Result>): Promise<Result> {
  try {
    return await publish()
  } catch (error) {
    if (!violated(error, 'one_publication_in_force')) throw error
    throw new Refusal('list_already_published', 'This list has been published already: nothing changed.')
  }
}
